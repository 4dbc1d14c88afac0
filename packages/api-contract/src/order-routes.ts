import Type, { type TSchema } from 'typebox';
import * as o from './order-schemas.ts';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

const OrderQuery = Type.Object(
  {
    ...s.PageQuery,
    env: Type.Optional(s.EnvName),
    q: Type.Optional(
      Type.String({
        maxLength: 300,
        description:
          'Beginning of any identifier of the order in any system, large and small letters alike (a whole one where its field is masked)',
      }),
    ),
    stage: Type.Optional(Type.String({ description: `One of ${o.ORDER_STEPS.join(', ')}, or several with commas` })),
    pending: Type.Optional(Type.Boolean({ description: 'Only those with, or without, an open hold or exception' })),
    channel: Type.Optional(Type.String({ maxLength: 500 })),
    issueKind: Type.Optional(s.literals(o.ORDER_ISSUE_KINDS)),
    issue: Type.Optional(
      Type.String({ maxLength: 100, description: 'Only those with an open hold or exception of this code' }),
    ),
    issueOwner: Type.Optional(
      Type.String({ maxLength: 500, description: 'Only those with an open exception of this team or assignee' }),
    ),
    issueBefore: Type.Optional({
      ...s.Timestamp,
      description: 'Only those with a hold or exception open since before',
    }),
    from: Type.Optional(s.Timestamp),
    to: Type.Optional(s.Timestamp),
  },
  { additionalProperties: false },
);
const ofOrder = Type.Object({ orderId: Type.String({ maxLength: 1000 }) });
const ofEnv = Type.Object({ env: s.EnvName });
const EventTold = Type.Object({ eventId: Type.String({ description: 'Of the event that says so' }) });
const issueId = Type.String({ minLength: 1, maxLength: 500 });
const reason = Type.Optional(Type.String({ minLength: 1, maxLength: 500 }));
const byHand = <const Fields extends Record<string, TSchema>>(fields: Fields) =>
  Type.Object({ env: s.EnvName, ...fields }, { additionalProperties: false });

const inEnv = Type.Object({ env: s.EnvName }, { additionalProperties: false });

/** Orders as all systems' events tell them together. */
export const orderRoutes = {
  listOrders: defineRoute({
    id: 'listOrders',
    method: 'GET',
    path: '/api/v1/orders',
    permission: 'executions:read',
    summary: 'Orders, newest first',
    query: OrderQuery,
    responses: { 200: o.OrderPage },
  }),
  searchOrders: defineRoute({
    id: 'searchOrders',
    method: 'POST',
    path: '/api/v1/orders/search',
    permission: 'executions:read',
    audit: null,
    summary:
      'The same list by a body: what is looked for may be a masked value, and addresses are kept in histories and logs',
    body: OrderQuery,
    responses: { 200: o.OrderPage },
  }),
  getOrderFunnel: defineRoute({
    id: 'getOrderFunnel',
    method: 'GET',
    path: '/api/v1/orders/funnel',
    permission: 'executions:read',
    summary: 'How many orders are how far, what they are worth and how long the oldest has been there',
    query: inEnv,
    responses: { 200: o.OrderFunnel },
  }),
  getOrderFacets: defineRoute({
    id: 'getOrderFacets',
    method: 'GET',
    path: '/api/v1/orders/facets',
    permission: 'executions:read',
    summary: 'By what orders can be narrowed: channels, and open holds and exceptions',
    query: inEnv,
    responses: { 200: o.OrderFacets },
  }),
  getOrder: defineRoute({
    id: 'getOrder',
    method: 'GET',
    path: '/api/v1/orders/:orderId',
    permission: 'executions:read',
    summary: 'One order, by any of its keys: its state, its names in every system and its events',
    params: ofOrder,
    query: inEnv,
    responses: { 200: o.OrderDetail },
  }),
  settleException: defineRoute({
    id: 'settleException',
    method: 'POST',
    path: '/api/v1/orders/:orderId/settle-exception',
    permission: 'orders:settle',
    envFrom: 'body',
    audit: 'order.exception-settled',
    summary: 'Settle an open exception: it comes back only when what made it has passed and comes again',
    params: ofOrder,
    body: byHand({ exceptionId: issueId, reason }),
    responses: { 202: EventTold },
  }),
  assignException: defineRoute({
    id: 'assignException',
    method: 'POST',
    path: '/api/v1/orders/:orderId/assign-exception',
    permission: 'orders:settle',
    envFrom: 'body',
    audit: 'order.exception-assigned',
    summary: 'Say who takes charge of an open exception',
    params: ofOrder,
    body: byHand({ exceptionId: issueId, assignee: Type.String({ minLength: 1, maxLength: 500 }) }),
    responses: { 202: EventTold },
  }),
  commentException: defineRoute({
    id: 'commentException',
    method: 'POST',
    path: '/api/v1/orders/:orderId/comment-exception',
    permission: 'orders:settle',
    envFrom: 'body',
    audit: 'order.exception-commented',
    summary: 'Note something about an exception',
    params: ofOrder,
    body: byHand({ exceptionId: issueId, text: Type.String({ minLength: 1, maxLength: 2000 }) }),
    responses: { 202: EventTold },
  }),
  releaseHold: defineRoute({
    id: 'releaseHold',
    method: 'POST',
    path: '/api/v1/orders/:orderId/release-hold',
    permission: 'orders:settle',
    envFrom: 'body',
    audit: 'order.hold-released',
    summary: 'Lift an open hold by hand: flows that wait for that go on, the system that placed it is not told',
    params: ofOrder,
    body: byHand({ holdId: issueId, reason }),
    responses: { 202: EventTold },
  }),
  getOrderRules: defineRoute({
    id: 'getOrderRules',
    method: 'GET',
    path: '/api/v1/environments/:env/order-rules',
    permission: 'executions:read',
    summary: 'What was decided about the rules of order exceptions',
    params: ofEnv,
    responses: { 200: o.OrderRules },
  }),
  putOrderRules: defineRoute({
    id: 'putOrderRules',
    method: 'PUT',
    path: '/api/v1/environments/:env/order-rules',
    permission: 'order-rules:write',
    envFrom: 'params',
    audit: 'order-rules.changed',
    summary: 'Replace that; all orders are looked at anew',
    params: ofEnv,
    body: Type.Object(
      {
        settings: Type.Object({}, { additionalProperties: true, description: 'See docs/order-exceptions.md' }),
        since: Type.Optional(
          Type.Union([s.Timestamp, Type.Null()], {
            description: '`updatedAt` of what was read; another one is refused',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    responses: { 200: o.OrderRules },
  }),
} as const;
