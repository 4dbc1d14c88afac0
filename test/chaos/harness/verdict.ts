import type { Accepted } from './load.ts';
import type { Call } from './oracle.ts';

/** What became of the triggers that were accepted, as the oracle saw it. Lists name `order/seq` (with the node where it matters). */
export interface Verdict {
  accepted: number;
  /** Effects that never happened. */
  lost: string[];
  /** Effects that happened under more than one idempotency key: the target cannot tell that they are one. */
  twice: string[];
  /** A later trigger of an order reached the target before an earlier one was through. */
  outOfOrder: string[];
  /** Effects of triggers that were never accepted. */
  stray: string[];
  /** Calls that a target had to recognise by their key as done already. */
  repeatedCalls: number;
  /** From the first try at the hook to the last effect, in milliseconds. */
  latency: Percentiles;
  /** When the last effect first happened (milliseconds since 1970). */
  lastEffectAt: number;
}

/** Of durations in milliseconds. */
export interface Percentiles {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

interface Effect {
  keys: Set<string>;
  /** Of its first success. */
  at: number;
  index: number;
}

/**
 * Compares what was accepted with what happened. Each trigger has one effect in each of `nodes`. With `inOrder` the effects of one order
 * (over all its triggers) must follow its sequence.
 */
export function judge(
  accepted: readonly Accepted[],
  calls: readonly Call[],
  { nodes, inOrder = false }: { nodes: readonly string[]; inOrder?: boolean },
): Verdict {
  const effects = new Map<string, Effect>();
  const firstCall = new Map<string, number>();
  let applications = 0;
  calls.forEach((call, index) => {
    const trigger = `${call.order}/${call.seq}`;
    if (!firstCall.has(trigger)) firstCall.set(trigger, index);
    if (call.outcome !== 'applied' && call.outcome !== 'cut') return;
    applications++;
    const name = `${trigger}/${call.node}`;
    const effect = effects.get(name);
    if (effect) effect.keys.add(call.key);
    else effects.set(name, { keys: new Set([call.key]), at: call.at, index });
  });

  const lost: string[] = [];
  const durations: number[] = [];
  const expected = new Set<string>();
  for (const { order, seq, sentAt } of accepted) {
    const names = nodes.map((node) => `${order}/${seq}/${node}`);
    for (const name of names) expected.add(name);
    const found = names.map((name) => effects.get(name));
    lost.push(...names.filter((_, at) => found[at] === undefined));
    durations.push(Math.max(...found.map((effect) => effect?.at ?? Number.NaN)) - sentAt);
  }
  const names = [...effects.keys()];
  return {
    accepted: accepted.length,
    lost,
    twice: names.filter((name) => (effects.get(name)?.keys.size ?? 0) > 1),
    outOfOrder: inOrder ? disorder(accepted, effects, firstCall, nodes) : [],
    stray: names.filter((name) => !expected.has(name)),
    repeatedCalls: applications - names.reduce((sum, name) => sum + (effects.get(name)?.keys.size ?? 0), 0),
    latency: percentiles(durations.filter((ms) => !Number.isNaN(ms))),
    lastEffectAt: Math.max(0, ...[...effects.values()].map(({ at }) => at)),
  };
}

/** The first call of each trigger must come after every effect of the one before it in its order. */
function disorder(
  accepted: readonly Accepted[],
  effects: ReadonlyMap<string, Effect>,
  firstCall: ReadonlyMap<string, number>,
  nodes: readonly string[],
): string[] {
  const through = (trigger: string): number =>
    Math.max(...nodes.map((node) => effects.get(`${trigger}/${node}`)?.index ?? Number.POSITIVE_INFINITY));
  return accepted
    .filter(({ order, seq }) => {
      const first = firstCall.get(`${order}/${seq}`);
      return seq > 1 && first !== undefined && first < through(`${order}/${seq - 1}`);
    })
    .map(({ order, seq }) => `${order}/${seq}`);
}

/** Zeros when there are none. */
export function percentiles(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}
