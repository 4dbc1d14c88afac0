import type { Stage } from '../fold/headline.ts';
import type { LineState, OrderState } from '../fold/order-state.ts';
import { FULFILMENT_STAGES } from '../fold/stages.ts';
import { type EffectiveRule, effectiveRules } from '../rules/effective-rules.ts';
import { findingsOf } from '../rules/findings/index.ts';
import { duePromise } from '../rules/findings/promises.ts';
import type { Cause } from '../rules/rule.ts';
import type { RuleSettings } from '../rules/rule-settings.ts';

/** What an order can wait for. */
export const NEXT_STEPS = [
  'release',
  'accepted',
  'received',
  'validated',
  ...FULFILMENT_STAGES,
  'invoiced',
  'paid',
  'scan',
  'rescan',
  'answer',
  'resend',
  'report',
  'notice',
] as const;

/** Something that is to happen next. */
export interface NextStep {
  readonly step: (typeof NEXT_STEPS)[number];
  /** What of the order it is about: a hold, shipment or document; undefined for the order as a whole. */
  readonly about?: string | undefined;
  /** By when, where a rule or a promise says so. RFC 3339, in UTC. */
  readonly by?: string | undefined;
  /** The exception that is raised then; undefined where a promise alone says by when. */
  readonly code?: string | undefined;
  /** Who is to see to it. */
  readonly owner?: string | undefined;
  readonly isLate: boolean;
}

/**
 * What happens next to an order, and by when: what the goods and the bills wait for, and what others owe. The first to be due comes first,
 * what has no date last. Limits are those of the rules that are on, so that each date is the one at which its exception is raised; delivery
 * and shipping are due as promised, too. Nothing for orders that are over.
 */
export function nextSteps(state: OrderState, now: Date, settings: RuleSettings = {}): NextStep[] {
  const deadlines = deadlinesOf(state, settings);
  const waits = [...releases(state), ...expected(state)];
  const steps = new Map<string, NextStep>();
  for (const one of [...waits, ...deadlines]) {
    const name = `${one.step}\n${one.about ?? ''}`;
    const known = steps.get(name);
    if (!known || dueOf(one) < dueOf(known)) steps.set(name, { ...one, isLate: dueOf(one) <= now.getTime() });
  }
  return [...steps.values()].sort((a, b) => dueOf(a) - dueOf(b) || placeOf(a) - placeOf(b));
}

type Due = Omit<NextStep, 'isLate'>;

const dueOf = ({ by }: Due): number => (by === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(by));
const placeOf = ({ step }: Due): number => NEXT_STEPS.indexOf(step);
const isoOf = (at: number): string => new Date(at).toISOString();

const releases = ({ holds, lifecycle }: OrderState): Due[] =>
  lifecycle === 'open' ? holds.filter(({ isOpen }) => isOpen).map(({ id }) => ({ step: 'release', about: id })) : [];

/** What comes next by how far the order is, whether or not a rule looks at it. */
function expected(state: OrderState): Due[] {
  const { lifecycle, stage, fulfilment, billing, lines } = state;
  if (lifecycle === 'quoted') return [{ step: 'accepted' }];
  if (lifecycle === 'quote accepted' || lifecycle === 'unknown') return [{ step: 'received' }];
  if (lifecycle !== 'open') return [];
  if (stage === 'received') return [{ step: 'validated' }];
  const next = lines.some(isGoods) ? FULFILMENT_STAGES.find((one) => fulfilment[one].state !== 'reached') : undefined;
  const isBillable = next === undefined || fulfilment.shipped.state !== 'none';
  const isBilled = billing.invoiced.state === 'reached';
  return [
    ...(next === undefined ? [] : [{ step: next }]),
    ...promises(state, next),
    ...(isBillable && !isBilled ? [{ step: 'invoiced' as const }] : []),
    ...(isBilled && !billing.isPaid ? [{ step: 'paid' as const }] : []),
  ];
}

const isGoods = ({ requiresFulfilment, quantities }: LineState): boolean =>
  requiresFulfilment && quantities.due !== '0';

/** The promised dates of what is still to leave or to arrive. */
function promises(state: OrderState, next: Stage | undefined): Due[] {
  if (next === undefined) return [];
  return (['shipped', 'delivered'] as const).flatMap((step) => {
    const basis = step === 'shipped' ? 'ship' : 'deliver';
    const at = duePromise(state, (line) => {
      const { quantities, promisedTo, promisedBasis } = line;
      const said = (promisedTo === undefined ? state.head?.promised?.basis : promisedBasis) ?? 'deliver';
      return said === basis && quantities[step] !== quantities.due;
    });
    return at === undefined || state.fulfilment[step].state === 'reached' ? [] : [{ step, by: isoOf(at) }];
  });
}

/** What rules will miss, or miss already. */
function deadlinesOf(state: OrderState, settings: RuleSettings): Due[] {
  return effectiveRules(state, settings).flatMap((rule) =>
    rule.causes.flatMap((cause) => {
      const step = STEP_OF[cause.kind](cause as never);
      return step === undefined ? [] : duesOf(step, cause, rule, state);
    }),
  );
}

function duesOf(step: NextStep['step'], cause: Cause, rule: EffectiveRule, state: OrderState): Due[] {
  const { code, owner } = rule;
  return findingsOf(cause, { state, rule }).flatMap(({ about, raiseAt }) => {
    // A line that the order does not have is no order that is to come.
    if (cause.kind === 'condition' && about !== undefined) return [];
    return [{ step, code, owner, by: isoOf(raiseAt), ...(about === undefined ? {} : { about }) }];
  });
}

/** What ends a cause. What does not add up ends by a correction, which nobody can expect; what was promised is told from the promise itself. */
const STEP_OF: {
  readonly [Kind in Cause['kind']]: (cause: Extract<Cause, { kind: Kind }>) => NextStep['step'] | undefined;
} = {
  stage: ({ to }) => to,
  'promise near': () => 'allocated',
  'promise missed': () => undefined,
  hold: () => 'release',
  'first scan': () => 'scan',
  'next scan': () => 'rescan',
  answer: () => 'answer',
  refusal: () => 'resend',
  reply: () => 'report',
  notice: () => 'notice',
  condition: ({ code }) => (code === 'ORPHAN_EVENT' ? 'received' : undefined),
  reported: () => undefined,
};
