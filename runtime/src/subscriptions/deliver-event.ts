import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus, StoredEvent } from '@crossdock/bus';
import type { HttpPort } from '@crossdock/connector-sdk';
import { type FlowError, toFlowError } from '@crossdock/errors';
import { type OrderState, type SubscriptionSettings, wantsEvent, wantsOrderFacts } from '@crossdock/orders';
import type { Selectable } from 'kysely';
import type { Connections } from '../connections/index.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Database, Tables } from '../store/index.ts';
import { postSigned } from '../webhooks/index.ts';
import { noteDelivery, noteFailure, noteNext } from './failure-rows.ts';
import { type LeavingEvent, leavingEvent } from './leaving-event.ts';

export interface DeliverContext {
  readonly db: Database;
  readonly bus: Bus;
  readonly connections: Pick<Connections, 'open'>;
  /** The guarded way out of an environment. */
  readonly http: (env: string) => HttpPort;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Wait before the second attempt in milliseconds; doubled for each that follows. */
  readonly firstRetryMs?: number;
}

export type SubscriptionRow = Selectable<Tables['subscriptions']>;

const SEND_TIMEOUT_MS = 20_000;
const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 600_000;
const FOLD_STEP_MS = 250;
const HOUR_MS = 3_600_000;
const GONE = 410;

/**
 * Delivers an event where the subscription wants it, attempt after attempt. Gives false when it gives up: the receiver said that it is gone, or
 * refused for as long as the settings say. Throws when it is to stop, and what database and bus throw.
 */
export async function deliverEvent(
  context: DeliverContext,
  { subscription_id: id, env, settings }: SubscriptionRow,
  stored: StoredEvent,
  signal: AbortSignal,
): Promise<boolean> {
  const { db, log, metrics, firstRetryMs = FIRST_RETRY_MS } = context;
  const event = leavingEvent(stored);
  if (!(await isWanted(context, settings, stored, { event, signal }))) return true;
  for (;;) {
    signal.throwIfAborted();
    const error = await sendEvent(context, env, settings, { ...event, signal });
    signal.throwIfAborted();
    const at = new Date();
    metrics.count('crossdock_subscription_attempts_total', { env, outcome: error ? 'failed' : 'delivered' });
    if (!error) {
      await noteDelivery(db, id, event.place, at);
      return true;
    }
    const { firstAt, attempts } = await noteFailure(db, id, { event, error, at });
    const spentMs = at.getTime() - firstAt.getTime();
    log.warn(
      { subscription: id, env, attempts, code: error.code, reason: error.message },
      'an event was not delivered',
    );
    if (error.details.status === GONE || spentMs >= settings.giveUpAfterHours * HOUR_MS) return false;
    const waitMs = Math.min(LAST_RETRY_MS, firstRetryMs * 2 ** (attempts - 1));
    await noteNext(db, id, event.place, new Date(at.getTime() + waitMs));
    await sleep(waitMs, undefined, { signal });
  }
}

/** One attempt; gives what went wrong. */
export async function sendEvent(
  { connections, http }: Pick<DeliverContext, 'connections' | 'http'>,
  env: string,
  { connection, path }: SubscriptionSettings,
  { webhookId, body, signal }: Pick<LeavingEvent, 'webhookId' | 'body'> & { signal: AbortSignal },
): Promise<FlowError | undefined> {
  try {
    const webhook = { id: webhookId, body, contentType: 'application/cloudevents+json', path };
    const timed = AbortSignal.any([signal, AbortSignal.timeout(SEND_TIMEOUT_MS)]);
    const opened = await connections.open(env, connection, ['http']);
    await postSigned(opened, webhook, { http: http(env), signal: timed, nowMs: Date.now() });
    return undefined;
  } catch (error) {
    return toFlowError(error);
  }
}

/** What is asked of the order is asked once it has been folded with this event. */
async function isWanted(
  { db, bus }: DeliverContext,
  { filter }: SubscriptionSettings,
  { env, storedAt }: StoredEvent,
  { event, signal }: { event: LeavingEvent; signal: AbortSignal },
): Promise<boolean> {
  const { partners: _partners, channels: _channels, ...byType } = filter;
  if (!wantsEvent(byType, event, undefined)) return false;
  if (!wantsOrderFacts(filter)) return true;
  while ((await bus.eventFeed.heardUntil()) <= storedAt) await sleep(FOLD_STEP_MS, undefined, { signal });
  return wantsEvent(filter, event, await orderOf(db, env, event.place));
}

/** The order that an event is told of, as it is now. */
async function orderOf({ kysely }: Database, env: string, place: string): Promise<OrderState | undefined> {
  const row = await kysely
    .selectFrom('order_events')
    .innerJoin('order_keys', (join) =>
      join.onRef('order_keys.env', '=', 'order_events.env').onRef('order_keys.key', '=', 'order_events.key'),
    )
    .innerJoin('orders', (join) =>
      join.onRef('orders.env', '=', 'order_keys.env').onRef('orders.order_id', '=', 'order_keys.order_id'),
    )
    .select('orders.state')
    .where('order_events.env', '=', env)
    .where('order_events.place', '=', place)
    .executeTakeFirst();
  return row?.state;
}
