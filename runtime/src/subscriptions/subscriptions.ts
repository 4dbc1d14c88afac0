import { randomUUID } from 'node:crypto';
import { reasonOf } from '@crossdock/errors';
import { alarmsPausedSince } from '../alarms/index.ts';
import { leaveTurn, takeTurn } from '../store/index.ts';
import type { DeliverContext, SubscriptionRow } from './deliver-event.ts';
import { openReader, readerName, type SubscriptionReader } from './subscription-reader.ts';

export interface SubscriptionsOptions extends DeliverContext {
  readonly lookEveryMs?: number;
}

/** Delivers events to all who subscribed; `stop` waits for the attempts in hand and leaves the rest to another process. */
export interface Subscriptions {
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 1_000;
const SWEEP_EVERY_MS = 3_600_000;
const FAILURE_DAYS = 30;
const NOTE_EVERY_MS = 60_000;
const TURN = 'subscriptions';
const GAUGES = ['crossdock_subscription_waiting', 'crossdock_subscription_stopped'] as const;

/**
 * Sees every second who is to get events, in one process of all that run: order holds only where one process delivers. A restored installation
 * delivers nothing while it sends no alarms: the one that it came from may do so still.
 */
export function startSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { db, bus, log, metrics, lookEveryMs = LOOK_EVERY_MS } = options;
  const owner = randomUUID();
  const readers = new Map<string, SubscriptionReader>();
  let isStopping = false;
  let sweptAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();

  const close = async (id: string): Promise<void> => {
    const reader = readers.get(id);
    readers.delete(id);
    await reader?.stop();
  };
  const closeAll = async (): Promise<void> => {
    await Promise.all([...readers.keys()].map(close));
    for (const gauge of GAUGES) metrics.replace(gauge, []);
  };

  /** One that cannot be opened is tried at the next look; the others do not wait for it. */
  const open = async (id: string, row: SubscriptionRow): Promise<void> => {
    try {
      readers.set(id, await openReader(options, row));
    } catch (error) {
      log.warn({ subscription: id, reason: reasonOf(error) }, 'a subscription cannot be taken up yet');
    }
  };

  const look = async (): Promise<void> => {
    const isOurs = await takeTurn(db, { name: TURN, owner, forMs: lookEveryMs * 3 + 20_000 });
    if (!isOurs || (await alarmsPausedSince(db.kysely)) !== null) return closeAll();
    const rows = await db.kysely.selectFrom('subscriptions').selectAll().execute();
    const wanted = new Map(rows.flatMap((row) => (row.state === 'active' ? [[row.subscription_id, row]] : [])));
    const outdated = [...readers].filter(([id, { version }]) => wanted.get(id)?.version !== version);
    await Promise.all(outdated.map(([id]) => close(id)));
    const known = new Set(rows.map(({ subscription_id }) => subscription_id));
    for (const [id] of outdated) if (!known.has(id)) await bus.eventReaders.remove(readerName(id));
    for (const [id, row] of wanted) if (!readers.has(id) && !isStopping) await open(id, row);
    await measure(rows);
    if (Date.now() - sweptAt >= SWEEP_EVERY_MS) await sweep();
  };

  async function measure(rows: readonly { subscription_id: string; env: string; name: string; state: string }[]) {
    const waitings: { labels: Record<string, string>; value: number }[] = [];
    for (const { subscription_id: id, env, name } of rows) {
      const askedAt = new Date();
      const waiting = await bus.eventReaders.waiting(readerName(id));
      waitings.push({ labels: { env, subscription: name }, value: waiting ?? 0 });
      // Where nothing is left, a consumer that got lost may begin from here.
      if (waiting === 0 && readers.has(id))
        await db.kysely
          .updateTable('subscriptions')
          .set({ since: askedAt })
          .where('subscription_id', '=', id)
          .where('is_rewound', '=', false)
          .where('since', '<', new Date(askedAt.getTime() - NOTE_EVERY_MS))
          .execute();
    }
    metrics.replace('crossdock_subscription_waiting', waitings);
    const stopped = rows.filter(({ state }) => state === 'stopped');
    metrics.replace(
      'crossdock_subscription_stopped',
      stopped.map(({ env, name }) => ({ labels: { env, subscription: name }, value: 1 })),
    );
  }

  async function sweep(): Promise<void> {
    sweptAt = Date.now();
    const until = new Date(sweptAt - FAILURE_DAYS * 86_400_000);
    await db.kysely.deleteFrom('subscription_failures').where('last_at', '<', until).execute();
  }

  const plan = (): void => {
    timer = setTimeout(() => {
      current = look()
        .catch((error: unknown) => {
          log.warn({ reason: reasonOf(error) }, 'subscriptions are looked at again soon');
          // Another process may take the turn meanwhile.
          return closeAll();
        })
        .then(() => {
          if (!isStopping) plan();
        });
    }, lookEveryMs);
    timer.unref();
  };
  plan();

  return {
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await current;
      await closeAll();
      await leaveTurn(db, { name: TURN, owner }).catch(() => undefined);
    },
  };
}
