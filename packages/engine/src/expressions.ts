import type { RunMeta } from '@crossdock/connector-sdk';
import { compileMapping, crossReferenceFunction } from '@crossdock/mapping';
import type { Core } from './core.ts';
import { type Execution, headersOf, keyBaseOf, TRIGGER_REF } from './execution.ts';
import { outputsSeenFrom } from './item-scope.ts';
import { createLookUp } from './look-ups.ts';
import type { EnginePorts } from './ports.ts';
import type { FrontierEntry } from './records.ts';
import { timeOf } from './timestamp.ts';

/** Evaluates a mapping on `input` with `$trigger`, `$nodes`, `$vars`, `$meta` and `$xref` bound. */
export type Evaluate = (source: string, input: unknown) => Promise<unknown>;

export function metaOf(ports: Pick<EnginePorts, 'seal'>, execution: Execution, entry: FrontierEntry): RunMeta {
  const { executionId, flowId, revision, env, trigger } = execution.snapshot;
  const { receivedAt, keys } = trigger;
  const item = itemOf(execution, entry);
  return {
    executionId,
    flowId,
    revision,
    env,
    nodeId: entry.nodeId,
    attempt: entry.attempts + 1,
    receivedAt,
    headers: headersOf(ports, execution),
    ...(item ? { item } : {}),
    key: keys,
  };
}

/** The innermost element of a split that the entry belongs to; a child is one as a whole. */
function itemOf({ snapshot }: Execution, { item }: FrontierEntry): RunMeta['item'] {
  if (!item) return snapshot.trigger.item;
  return { index: item.index, count: snapshot.splits?.[item.split]?.results.length ?? 0 };
}

/**
 * The evaluator of one attempt. `$now`, `$millis` and `$random` are the same in every attempt and on every worker, as the
 * idempotency key promises the target one call: time is the moment of acceptance, chance comes from execution, node and iteration.
 */
export function createEvaluate(core: Core, execution: Execution, entry: FrontierEntry, meta?: RunMeta): Evaluate {
  const bind = () => {
    const { snapshot, payloads, address } = execution;
    const seed = `${keyBaseOf(snapshot)}/${entry.nodeId}/${entry.iteration}`;
    const bindings = {
      trigger: payloads.get(TRIGGER_REF),
      nodes: namesNodes(execution) ? nodeOutputs(execution, entry) : NO_OUTPUTS,
      vars: core.ports.flows.variables(address.env),
      meta: meta ?? metaOf(core.ports, execution, entry),
      xref: crossReferenceFunction(createLookUp(core, execution, entry)),
    };
    return { bindings, clock: { nowMs: timeOf(snapshot.trigger.receivedAt), seed } };
  };
  // Many nodes evaluate nothing.
  let bound: ReturnType<typeof bind> | undefined;
  return async (source, input) => {
    bound ??= bind();
    return compileMapping(source).evaluate(input, bound.bindings, bound.clock);
  };
}

const NO_OUTPUTS: Record<string, unknown> = {};

function namesNodes({ plan }: Execution): boolean {
  return plan !== undefined && (plan.namedNodes === 'all' || plan.namedNodes.size > 0);
}

function nodeOutputs({ snapshot, payloads }: Execution, { item }: FrontierEntry): Record<string, unknown> {
  const seen = [...outputsSeenFrom(snapshot, item)];
  return Object.fromEntries(seen.map(([nodeId, ref]) => [nodeId, payloads.get(ref)]));
}
