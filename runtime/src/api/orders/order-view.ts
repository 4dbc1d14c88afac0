import type {
  OrderDetail,
  OrderFailure,
  OrderIdentifier,
  OrderRow,
  OrderStep,
  OrderTimelineEvent,
} from '@crossdock/api-contract';
import type { PublishedConnection } from '@crossdock/bus';
import { describedExceptions, nextSteps, type RuleSettings } from '@crossdock/orders';
import type { Selectable } from 'kysely';
import type { OrdersTable, Tables } from '../../store/index.ts';
import { conceal } from '../conceal.ts';
import { linkOf } from './identifier-links.ts';
import { openIssues } from './issue-words.ts';

export type OrderRecord = Selectable<OrdersTable>;

/** A row as the API shows it. Masked values never came into it. */
export function orderView(row: OrderRecord, settings: RuleSettings): OrderRow {
  const { fulfilment, billing } = row.state;
  return {
    orderId: row.order_id,
    env: row.env,
    step: row.step as OrderStep,
    lifecycle: row.lifecycle,
    isExceptionPending: row.is_pending,
    ...(row.channel === null ? {} : { channel: row.channel }),
    ...(row.partner === null ? {} : { partner: row.partner }),
    ...(row.customer_order_no === null ? {} : { customerOrderNo: row.customer_order_no }),
    ...(row.amount === null || row.currency === null ? {} : { value: { amount: row.amount, currency: row.currency } }),
    beganAt: row.began_at.toISOString(),
    stepSince: row.step_since.toISOString(),
    lastEventAt: row.last_event_at.toISOString(),
    events: row.events,
    fulfilment,
    billing,
    issues: openIssues(row.state, settings),
  };
}

export type EventRecord = Selectable<Tables['order_events']> & { flow_id: string | null };

interface Parts {
  readonly keys: readonly string[];
  readonly identifiers: readonly Selectable<Tables['order_identifiers']>[];
  readonly events: readonly EventRecord[];
  /** Whether the caller may see payloads. */
  readonly withData: boolean;
  readonly now: Date;
  /** Of the rules of exceptions. */
  readonly settings: RuleSettings;
  readonly failures: readonly OrderFailure[];
  /** Of the environment. */
  readonly connections: readonly PublishedConnection[];
}

export function orderDetail(row: OrderRecord, parts: Parts): OrderDetail {
  const { keys, identifiers, events, withData, now, settings, failures, connections } = parts;
  const { state } = row;
  return {
    ...orderView(row, settings),
    keys: [...keys],
    ...(state.head?.promised === undefined ? {} : { promisedTo: state.head.promised.to }),
    times: state.stageTimes as OrderDetail['times'],
    lines: state.lines as OrderDetail['lines'],
    next: nextSteps(state, now, settings) as OrderDetail['next'],
    failures: [...failures],
    holds: state.holds as unknown as OrderDetail['holds'],
    exceptions: describedExceptions(state, settings) as unknown as OrderDetail['exceptions'],
    conditions: [...state.conditions],
    shipments: state.shipments as unknown as OrderDetail['shipments'],
    invoices: state.invoices as unknown as OrderDetail['invoices'],
    identifiers: identifiers.map((one) => identifierView(one, connections)),
    timeline: events.map((event) => eventView(event, withData)),
  };
}

function identifierView(
  { system, type, scope, value }: Selectable<Tables['order_identifiers']>,
  connections: Parts['connections'],
): OrderIdentifier {
  const url = linkOf({ system, type, value }, connections);
  return { system, type, ...(scope === '' ? {} : { scope }), value, ...(url === undefined ? {} : { url }) };
}

function eventView(row: EventRecord, withData: boolean): OrderTimelineEvent {
  const event = conceal(row.event) as { type?: unknown; source?: unknown; data?: unknown };
  const { reportedBy } = (event.data ?? {}) as { reportedBy?: unknown };
  return {
    place: row.place,
    type: String(event.type),
    source: String(event.source),
    ...(typeof reportedBy === 'string' ? { reportedBy } : {}),
    time: row.happened_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    ...(row.execution_id === null ? {} : { executionId: row.execution_id }),
    ...(row.flow_id === null ? {} : { flowId: row.flow_id }),
    ...(row.problem === null ? {} : { problem: row.problem }),
    ...(withData && event.data !== undefined ? { data: event.data } : {}),
  };
}
