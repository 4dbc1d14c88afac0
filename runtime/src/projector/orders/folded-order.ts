import { foldOrder, type OrderState } from '@crossdock/orders';
import type { Insertable } from 'kysely';
import { storableJson, storableText, type Tables } from '../../store/index.ts';
import type { OrderGroup } from './order-groups.ts';
import { orderValue } from './order-value.ts';
import type { ToldEvent } from './told-event.ts';

/** What the read model needs of an event beside what it says. */
export interface DatedEvent extends ToldEvent {
  readonly happenedAt: Date;
}

/** An order's events folded, and the row of that. */
export interface FoldedOrder {
  readonly row: Insertable<Tables['orders']>;
  readonly state: OrderState;
}

/** Folds an order. A pure function of the set of events. */
export function foldedOrder(env: string, { orderId, keys, events }: OrderGroup<DatedEvent>): FoldedOrder {
  const told = events.flatMap(({ event }) => (event ? [event] : []));
  const folded = foldOrder(told);
  const state = { ...folded, orderKey: keyOf(folded, { orderId, keys }) };
  const value = orderValue(state, told);
  const happened = events.map(({ happenedAt }) => happenedAt.getTime());
  const beganAt = state.receivedAt === undefined ? Math.min(...happened) : Date.parse(state.receivedAt);
  const lastAt = Math.max(...happened);
  const since = state.stage && state.stageTimes[state.stage]?.currentSince;
  const { lifecycle, stage } = state;
  const buyer = state.head?.parties?.find(({ role }) => role === 'buyer') ?? state.head?.parties?.[0];
  const row = {
    env,
    order_id: storableText(orderId),
    step: lifecycle === 'open' || lifecycle === 'closed' ? stage! : lifecycle,
    lifecycle,
    is_pending: state.isExceptionPending,
    channel: textOf(state.head?.channel),
    partner: textOf(buyer?.name ?? buyer?.gln ?? buyer?.ids?.[0]?.id),
    customer_order_no: textOf(state.head?.customerOrderNo),
    amount: value?.amount ?? null,
    currency: value?.currency ?? null,
    began_at: new Date(beganAt),
    step_since: new Date(since ?? lastAt),
    last_event_at: new Date(lastAt),
    events: events.length,
    state: storableJson(state),
  };
  return { row, state };
}

/** The key under which more is told of the order: its own, unless that is hidden. */
function keyOf({ orderKey }: OrderState, { orderId, keys }: Pick<OrderGroup<DatedEvent>, 'orderId' | 'keys'>) {
  return orderKey === undefined || keys.includes(orderKey) ? orderKey : orderId;
}

const textOf = (value: string | undefined): string | null => (value === undefined ? null : storableText(value));
