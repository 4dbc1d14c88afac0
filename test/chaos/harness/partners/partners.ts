import { type Answer, type Call, ok } from './calls.ts';
import { type Fate, fateOf } from './fate.ts';
import { createOdoo } from './odoo-model.ts';

export const SYSTEMS = ['crm', 'odoo', 'wms', 'tms', 'finance'] as const;
export type System = (typeof SYSTEMS)[number];

/** What committing an order does outside, each in one system. */
export const EFFECTS = ['reserved', 'released', 'booked', 'billed'] as const;
export type Effect = (typeof EFFECTS)[number];

/** `none`: never done. */
export type EffectState = 'none' | 'done' | 'undone';

const EFFECT_AT: Readonly<Record<string, Effect>> = {
  'wms waves': 'released',
  'tms bookings': 'booked',
  'finance invoice-releases': 'billed',
};

/** CRM, Odoo, WMS, carrier and finance of one company: what they answer, and what they have done for each order. */
export interface Partners {
  take(system: System, call: Call): Answer;
  effectsOf(order: string): Readonly<Record<Effect, EffectState>>;
  /** Id that Odoo has for an order, its delivery and its move. */
  odooId(order: string): number;
  /** Effects that were done again, under another key, while they stood: `<order> <effect>`. */
  readonly twice: readonly string[];
  /** Deliveries that Odoo was told are shipped, by name, with how often that was booked. */
  readonly shipped: ReadonlyMap<string, number>;
  /** Calls under a key that was known already. */
  repeated(): number;
}

/** `seed` decides what becomes of each order. WMS, carrier and finance know repeated calls by their idempotency key; Odoo does not. */
export function createPartners(seed: number): Partners {
  const states = new Map<string, Record<Effect, EffectState>>();
  const answers = new Map<string, Answer>();
  const twice: string[] = [];
  const shipped = new Map<string, number>();
  let repeated = 0;
  const statesOf = (order: string): Record<Effect, EffectState> => {
    const known = states.get(order) ?? { reserved: 'none', released: 'none', booked: 'none', billed: 'none' };
    states.set(order, known);
    return known;
  };
  const odoo = createOdoo({
    fate: (order) => fateOf(seed, order),
    reserve: (order) => {
      statesOf(order).reserved = 'done';
    },
    unreserve: (order) => void undo(order, 'reserved'),
    isShipped: (order) => shipped.has(order),
    ship: (order) => void shipped.set(order, (shipped.get(order) ?? 0) + 1),
  });

  function undo(order: string, effect: Effect): boolean {
    const state = statesOf(order);
    const stood = state[effect] === 'done';
    if (stood) state[effect] = 'undone';
    return stood;
  }

  function once(call: Call, work: () => Answer): Answer {
    const known = answers.get(call.key);
    if (known) repeated++;
    const answer = known ?? work();
    answers.set(call.key, answer);
    return answer;
  }

  function put(order: string, effect: Effect): Answer {
    const refusal = refusalOf(fateOf(seed, order), effect);
    if (refusal) return refusal;
    const state = statesOf(order);
    if (state[effect] === 'done') twice.push(`${order} ${effect}`);
    state[effect] = 'done';
    return ok({ carrier: 'DHLN', bookingNo: `B-${order}`, trackingNo: `T${order}`, estimatedDelivery: ARRIVAL });
  }

  return {
    take(system, call) {
      if (system === 'odoo') return odoo.answer(call);
      const [, what = '', order = ''] = /^\/([^/]+)\/([^/?]+)$/.exec(call.path) ?? [];
      if (system === 'crm') return answerAsCrm(fateOf(seed, customerOrder(call.path)));
      const effect = EFFECT_AT[`${system} ${what}`];
      if (!effect) return { status: 404, body: { message: `${system} has no ${call.path}` } };
      if (call.method === 'PUT') return once(call, () => put(order, effect));
      return once(call, () =>
        undo(order, effect) ? ok({ undone: true }) : { status: 404, body: { message: 'none' } },
      );
    },
    effectsOf: statesOf,
    odooId: odoo.idOf,
    twice,
    shipped,
    repeated: () => repeated,
  };
}

const ARRIVAL = '2027-01-04T16:00:00Z';

/** The customer of an order is called `C-<order>`. */
const customerOrder = (path: string): string => /\/companies\/C-([^/?]+)/.exec(path)?.[1] ?? '';

function answerAsCrm(fate: Fate): Answer {
  if (fate === 'unknown customer') return { status: 404, body: { status: 'error', category: 'OBJECT_NOT_FOUND' } };
  return ok({ id: '501', properties: { name: 'Acme', supply_block: String(fate === 'blocked customer') } });
}

function refusalOf(fate: Fate, effect: Effect): Answer | undefined {
  const refuses = { 'wave refused': 'released', 'booking refused': 'booked', 'invoice refused': 'billed' } as const;
  const isRefused = Object.hasOwn(refuses, fate) && refuses[fate as keyof typeof refuses] === effect;
  return isRefused ? { status: 422, body: { message: `${fate} for a reason` } } : undefined;
}
