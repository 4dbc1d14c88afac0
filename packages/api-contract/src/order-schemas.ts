import Type, { type Static } from 'typebox';
import { EnvName, literals, page, Timestamp } from './schemas.ts';

/** How far an order is, as people count: its stage, or what it is instead. In the order in which they are shown. */
export const ORDER_STEPS = [
  'quoted',
  'quote accepted',
  'quote lost',
  'unknown',
  'received',
  'validated',
  'allocated',
  'picked',
  'shipped',
  'invoiced',
  'delivered',
  'rejected',
  'cancelled',
] as const;
export const OrderStep = literals(ORDER_STEPS);
export type OrderStep = Static<typeof OrderStep>;

/** Stages of the goods, in their order. */
export const GOODS_STAGES = ['allocated', 'picked', 'shipped', 'delivered'] as const;

const Decimal = Type.String({ description: 'An exact decimal' });
const Money = Type.Object({ amount: Decimal, currency: Type.String() });
/** As its source wrote it. */
const SaidAt = Type.String({ description: 'RFC 3339, as its source wrote it' });

export const OrderProgress = Type.Object({
  state: literals(['none', 'partial', 'reached']),
  lines: Type.Object({ done: Type.Integer(), due: Type.Integer() }),
  units: Type.Optional(
    Type.Object(
      { done: Decimal, due: Decimal, uom: Type.String() },
      { description: 'Where all lines count in one unit' },
    ),
  ),
});
export type OrderProgress = Static<typeof OrderProgress>;

const fulfilment = Type.Object({
  allocated: OrderProgress,
  picked: OrderProgress,
  shipped: OrderProgress,
  delivered: OrderProgress,
});
const billing = Type.Object({ invoiced: OrderProgress, isPaid: Type.Boolean() });

const orderRow = {
  orderId: Type.String({ description: 'The key that stands for all its keys; it may change when orders are linked' }),
  env: EnvName,
  step: OrderStep,
  lifecycle: Type.String(),
  isExceptionPending: Type.Boolean({ description: 'A hold or an exception is open' }),
  channel: Type.Optional(Type.String()),
  partner: Type.Optional(Type.String({ description: 'Who buys' })),
  customerOrderNo: Type.Optional(Type.String()),
  value: Type.Optional(Money),
  beganAt: Type.String({ ...Timestamp, description: 'When it was received, else its first event' }),
  stepSince: Timestamp,
  lastEventAt: Timestamp,
  events: Type.Integer(),
  fulfilment,
  billing,
};
export const OrderRow = Type.Object(orderRow);
export type OrderRow = Static<typeof OrderRow>;
export const OrderPage = page(OrderRow);
export type OrderPage = Static<typeof OrderPage>;

export const LINE_QUANTITIES = [
  'ordered',
  'allocated',
  'picked',
  'shipped',
  'delivered',
  'invoiced',
  'returned',
  'cancelled',
  'backordered',
] as const;

export const OrderLine = Type.Object({
  lineKey: Type.String(),
  sku: Type.Optional(Type.String()),
  uom: Type.String(),
  path: Type.String(),
  requiresFulfilment: Type.Boolean(),
  quantities: Type.Unsafe<Readonly<Record<(typeof LINE_QUANTITIES)[number] | 'due', string>>>(
    Type.Record(Type.String(), Decimal),
  ),
  promisedTo: Type.Optional(SaidAt),
  backorderPromised: Type.Optional(SaidAt),
});
export type OrderLine = Static<typeof OrderLine>;

export const OrderIssue = Type.Object({
  id: Type.String(),
  code: Type.String(),
  isOpen: Type.Boolean(),
  since: SaidAt,
  lineKey: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  assignee: Type.Optional(Type.String()),
});
export type OrderIssue = Static<typeof OrderIssue>;

export const OrderIdentifier = Type.Object({
  system: Type.String(),
  type: Type.String(),
  scope: Type.Optional(Type.String()),
  value: Type.String(),
});
export type OrderIdentifier = Static<typeof OrderIdentifier>;

export const OrderTimelineEvent = Type.Object({
  place: Type.String({ description: 'Unique in the environment' }),
  type: Type.String(),
  source: Type.String(),
  reportedBy: Type.Optional(Type.String({ description: 'Kind of system that says so' })),
  time: Type.String({ ...Timestamp, description: 'When it happened' }),
  receivedAt: Timestamp,
  executionId: Type.Optional(Type.String({ description: 'The execution that told it: its evidence' })),
  flowId: Type.Optional(Type.String({ description: 'Its flow, while the execution is kept' })),
  problem: Type.Optional(Type.String({ description: 'Why it says nothing about the order' })),
  data: Type.Optional(Type.Unknown({ description: 'For who may see payloads; masked values hidden' })),
});
export type OrderTimelineEvent = Static<typeof OrderTimelineEvent>;

export const OrderDetail = Type.Object({
  ...orderRow,
  keys: Type.Array(Type.String(), { description: 'Every key of the order' }),
  promisedTo: Type.Optional(SaidAt),
  times: Type.Record(Type.String(), Type.Object({ firstReachedAt: Timestamp, currentSince: Type.Optional(Timestamp) })),
  lines: Type.Array(OrderLine),
  holds: Type.Array(OrderIssue),
  exceptions: Type.Array(OrderIssue),
  conditions: Type.Array(
    Type.Object({ code: Type.String(), about: Type.Optional(Type.String()), detail: Type.String() }),
    { description: 'What does not add up; it may pass by itself' },
  ),
  shipments: Type.Array(
    Type.Object({
      key: Type.String(),
      status: Type.String(),
      carrier: Type.Optional(Type.String()),
      tracking: Type.Array(Type.String()),
      estimatedAt: Type.Optional(SaidAt),
    }),
  ),
  invoices: Type.Array(
    Type.Object({ key: Type.String(), status: Type.String(), number: Type.Optional(Type.String()) }),
  ),
  identifiers: Type.Array(OrderIdentifier),
  timeline: Type.Array(OrderTimelineEvent, { description: 'Newest first' }),
});
export type OrderDetail = Static<typeof OrderDetail>;

export const OrderFunnel = Type.Object({
  steps: Type.Array(
    Type.Object({
      step: OrderStep,
      count: Type.Integer(),
      pending: Type.Integer({ description: 'Of these, with an open hold or exception' }),
      values: Type.Array(Money, { description: 'What they are worth together, by currency' }),
      oldestSince: Type.Optional(Timestamp),
    }),
    { description: 'Every step, in their order; closed orders are left out' },
  ),
});
export type OrderFunnel = Static<typeof OrderFunnel>;
