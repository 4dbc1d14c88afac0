import { foldOrder } from '@crossdock/orders';
import type { Insertable } from 'kysely';
import { storableJson, storableText, type Tables } from '../../store/index.ts';
import type { OrderGroup } from './order-groups.ts';
import { orderValue } from './order-value.ts';
import type { ToldEvent } from './told-event.ts';

/** What the read model needs of an event beside what it says. */
export interface DatedEvent extends ToldEvent {
  readonly happenedAt: Date;
}

/** The row of an order: its events folded. A pure function of the set of events. */
export function orderRow(env: string, { orderId, events }: OrderGroup<DatedEvent>): Insertable<Tables['orders']> {
  const told = events.flatMap(({ event }) => (event ? [event] : []));
  const state = foldOrder(told);
  const value = orderValue(state, told);
  const happened = events.map(({ happenedAt }) => happenedAt.getTime());
  const beganAt = state.receivedAt === undefined ? Math.min(...happened) : Date.parse(state.receivedAt);
  const lastAt = Math.max(...happened);
  const since = state.stage && state.stageTimes[state.stage]?.currentSince;
  const { lifecycle, stage } = state;
  const buyer = state.head?.parties?.find(({ role }) => role === 'buyer') ?? state.head?.parties?.[0];
  return {
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
}

const textOf = (value: string | undefined): string | null => (value === undefined ? null : storableText(value));
