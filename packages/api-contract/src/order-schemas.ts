import Type, { type Static, type TSchema } from 'typebox';
import { EnvName, ErrorBody, literals, page, Timestamp } from './schemas.ts';

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

export const ORDER_ISSUE_KINDS = ['hold', 'exception'] as const;
const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
const SEVERITIES = ['warning', 'error', 'critical'] as const;

/** A hold or an exception that is open, as lists show it. */
export const OpenIssue = Type.Object({
  kind: literals(ORDER_ISSUE_KINDS),
  code: Type.String(),
  title: Type.String({ description: 'A few words' }),
  severity: Type.Optional(literals(SEVERITIES)),
  owner: Type.Optional(Type.String({ description: 'The team that is to see to it' })),
  assignee: Type.Optional(Type.String({ description: 'Who took charge of it' })),
  since: Timestamp,
  dueAt: Type.Optional(Timestamp),
});
export type OpenIssue = Static<typeof OpenIssue>;

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
  issues: Type.Array(OpenIssue, {
    description: 'Open holds and exceptions, the most severe and then the oldest first',
  }),
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

export const OrderHold = Type.Object({
  id: Type.String(),
  code: Type.String(),
  isOpen: Type.Boolean(),
  since: SaidAt,
  reason: Type.Optional(Type.String()),
});
export type OrderHold = Static<typeof OrderHold>;

export const OrderException = Type.Object({
  ...OrderHold.properties,
  title: Type.String({ description: 'A few words' }),
  text: Type.Optional(Type.String({ description: 'What is wrong' })),
  action: Type.Optional(Type.String({ description: 'What to do first' })),
  lineKey: Type.Optional(Type.String()),
  severity: literals(SEVERITIES),
  owner: Type.String({ description: 'The team that is to see to it' }),
  assignee: Type.Optional(Type.String({ description: 'Who took charge of it' })),
  dueAt: Type.Optional(Type.String({ description: 'By when it should be settled' })),
  raisedAt: Type.Optional(SaidAt),
  occurrences: Type.Integer({ description: 'How often it was raised' }),
  settledBy: Type.Optional(Type.String({ description: 'Who settled it by hand' })),
  comments: Type.Array(Type.Object({ at: SaidAt, by: Type.String(), text: Type.String() }), {
    description: 'The oldest first',
  }),
});
export type OrderException = Static<typeof OrderException>;

/** Something that is to happen to an order. */
export const OrderNextStep = Type.Object({
  step: Type.String({ description: 'A stage, or what else is to happen' }),
  about: Type.Optional(Type.String({ description: 'The hold, shipment or document that it is about' })),
  by: Type.Optional(Type.String({ ...Timestamp, description: 'By when a rule or a promise says' })),
  code: Type.Optional(Type.String({ description: 'The exception that is raised then' })),
  owner: Type.Optional(Type.String()),
  isLate: Type.Boolean(),
});
export type OrderNextStep = Static<typeof OrderNextStep>;

/** An execution that failed, or waits for a decision, and has a number of the order among its keys or told of it. */
export const OrderFailure = Type.Object({
  executionId: Type.String(),
  flowId: Type.String(),
  flowName: Type.String(),
  nodeId: nullable(Type.String()),
  nodeName: Type.Optional(Type.String()),
  status: literals(['failed', 'in-doubt']),
  at: Timestamp,
  error: nullable(ErrorBody),
});
export type OrderFailure = Static<typeof OrderFailure>;

export const OrderIdentifier = Type.Object({
  system: Type.String(),
  type: Type.String(),
  scope: Type.Optional(Type.String()),
  value: Type.String(),
  url: Type.Optional(Type.String({ description: 'Where that system shows it' })),
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
  next: Type.Array(OrderNextStep, { description: 'What happens next, the first to be due first' }),
  failures: Type.Array(OrderFailure, { description: 'Newest first, 20 at most' }),
  holds: Type.Array(OrderHold),
  exceptions: Type.Array(OrderException),
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

export const OrderFacets = Type.Object({
  channels: Type.Array(Type.Object({ channel: Type.String(), count: Type.Integer() }), { description: 'By name' }),
  issues: Type.Array(
    Type.Object({
      kind: OpenIssue.properties.kind,
      code: Type.String(),
      title: Type.String(),
      owner: Type.Optional(Type.String()),
      count: Type.Integer({ description: 'Orders that have it' }),
      oldestSince: Timestamp,
    }),
    { description: 'What is open, the most frequent first' },
  ),
});
export type OrderFacets = Static<typeof OrderFacets>;

export const OrderRules = Type.Object({
  settings: Type.Unknown({ description: 'See docs/order-exceptions.md; {} where all is as it comes' }),
  updatedAt: nullable(Timestamp),
  updatedBy: nullable(Type.String()),
});
export type OrderRules = Static<typeof OrderRules>;
