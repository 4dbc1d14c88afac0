import Type, { type Static } from 'typebox';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

const EnvParams = Type.Object({ env: s.EnvName });
const Params = Type.Object({ env: s.EnvName, subscriptionId: Type.String({ maxLength: 64 }) });
const Settings = Type.Object({}, { additionalProperties: true, description: 'See docs/subscriptions.md' });
const Body = Type.Object({ settings: Settings }, { additionalProperties: false });
const TimeOrNull = Type.Union([s.Timestamp, Type.Null()]);

export const SUBSCRIPTION_STATES = ['active', 'paused', 'stopped'] as const;

export const Subscription = Type.Object({
  subscriptionId: Type.String(),
  env: s.EnvName,
  settings: Type.Unknown({ description: 'See docs/subscriptions.md' }),
  state: Type.Unsafe<(typeof SUBSCRIPTION_STATES)[number]>({
    ...s.literals(SUBSCRIPTION_STATES),
    description: '"stopped": an event could not be delivered for too long, and a person has to look',
  }),
  waiting: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Events that are still to be looked at; null where that is not known',
  }),
  failing: Type.Integer({ description: 'Events that are being tried again' }),
  deliveredAt: Type.Union([s.Timestamp, Type.Null()], { description: 'When an event was last delivered' }),
  updatedAt: s.Timestamp,
  updatedBy: Type.String(),
});
export type Subscription = Static<typeof Subscription>;

export const SubscriptionFailure = Type.Object({
  eventId: Type.String(),
  type: Type.String(),
  orderKey: Type.String(),
  attempts: Type.Integer(),
  firstAt: s.Timestamp,
  lastAt: s.Timestamp,
  nextAt: TimeOrNull,
  deliveredAt: Type.Union([s.Timestamp, Type.Null()], { description: 'When it was delivered after all' }),
  error: s.ErrorBody,
});
export type SubscriptionFailure = Static<typeof SubscriptionFailure>;

export const SubscriptionTest = Type.Object({
  delivered: Type.Boolean(),
  error: Type.Optional(s.ErrorBody),
});
export type SubscriptionTest = Static<typeof SubscriptionTest>;

const LIST = '/api/v1/environments/:env/subscriptions' as const;
const ONE = `${LIST}/:subscriptionId` as const;
const changes = { permission: 'subscriptions:write', envFrom: 'params' } as const;

/** Who gets the events of orders. */
export const subscriptionRoutes = {
  listSubscriptions: defineRoute({
    id: 'listSubscriptions',
    method: 'GET',
    path: LIST,
    permission: 'executions:read',
    summary: 'Who gets which events of orders, how far each is and whether it stands',
    params: EnvParams,
    responses: { 200: s.page(Subscription) },
  }),
  createSubscription: defineRoute({
    id: 'createSubscription',
    method: 'POST',
    path: LIST,
    ...changes,
    audit: 'subscription.made',
    summary: 'Begin to deliver events; with those that come from now on',
    params: EnvParams,
    body: Body,
    responses: { 201: Subscription },
  }),
  putSubscription: defineRoute({
    id: 'putSubscription',
    method: 'PUT',
    path: ONE,
    ...changes,
    audit: 'subscription.changed',
    summary: 'Change what is delivered and where to; it goes on where it is',
    params: Params,
    body: Body,
    responses: { 200: Subscription },
  }),
  deleteSubscription: defineRoute({
    id: 'deleteSubscription',
    method: 'DELETE',
    path: ONE,
    ...changes,
    audit: 'subscription.removed',
    summary: 'Deliver nothing more',
    params: Params,
    responses: { 204: s.Nothing },
  }),
  testSubscription: defineRoute({
    id: 'testSubscription',
    method: 'POST',
    path: `${ONE}/test`,
    ...changes,
    audit: 'subscription.tested',
    summary: 'Send a test event at once, one attempt',
    params: Params,
    responses: { 200: SubscriptionTest },
  }),
  pauseSubscription: defineRoute({
    id: 'pauseSubscription',
    method: 'POST',
    path: `${ONE}/pause`,
    ...changes,
    audit: 'subscription.paused',
    summary: 'Deliver nothing until it is resumed; events are kept meanwhile',
    params: Params,
    responses: { 200: Subscription },
  }),
  resumeSubscription: defineRoute({
    id: 'resumeSubscription',
    method: 'POST',
    path: `${ONE}/resume`,
    ...changes,
    audit: 'subscription.resumed',
    summary: 'Go on with the first event that was not delivered',
    params: Params,
    responses: { 200: Subscription },
  }),
  replaySubscription: defineRoute({
    id: 'replaySubscription',
    method: 'POST',
    path: `${ONE}/replay`,
    ...changes,
    audit: 'subscription.replayed',
    summary: 'Begin anew with what was stored since a time; receivers know events that they have by the webhook id',
    params: Params,
    body: Type.Object({ since: s.Timestamp }, { additionalProperties: false }),
    responses: { 200: Subscription },
  }),
  listSubscriptionFailures: defineRoute({
    id: 'listSubscriptionFailures',
    method: 'GET',
    path: `${ONE}/failures`,
    permission: 'executions:read',
    summary: 'The events that could not be delivered at once in the last 30 days, at most 100, the newest first',
    params: Params,
    responses: { 200: s.page(SubscriptionFailure) },
  }),
} as const;
