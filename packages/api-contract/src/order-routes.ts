import Type from 'typebox';
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
    from: Type.Optional(s.Timestamp),
    to: Type.Optional(s.Timestamp),
  },
  { additionalProperties: false },
);
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
  getOrder: defineRoute({
    id: 'getOrder',
    method: 'GET',
    path: '/api/v1/orders/:orderId',
    permission: 'executions:read',
    summary: 'One order, by any of its keys: its state, its names in every system and its events',
    params: Type.Object({ orderId: Type.String({ maxLength: 1000 }) }),
    query: inEnv,
    responses: { 200: o.OrderDetail },
  }),
} as const;
