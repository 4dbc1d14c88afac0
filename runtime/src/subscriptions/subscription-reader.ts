import { once } from 'node:events';
import type { EventReader } from '@crossdock/bus';
import { reasonOf } from '@crossdock/errors';
import { type DeliverContext, deliverEvent, type SubscriptionRow } from './deliver-event.ts';

/** Orders whose events are delivered to one subscriber at the same time. */
const AT_ONCE = 32;

/** Name of a subscription's consumer. */
export const readerName = (subscriptionId: string): string => `s_${subscriptionId}`;

const readerOf = ({ subscription_id, env, since }: SubscriptionRow): EventReader => ({
  ...{ name: readerName(subscription_id), env, atOnce: AT_ONCE, since },
});

/** Delivers one subscription until it is stopped, or gives up and says so in its row. */
export interface SubscriptionReader {
  readonly version: number;
  stop(): Promise<void>;
}

export async function openReader(context: DeliverContext, row: SubscriptionRow): Promise<SubscriptionReader> {
  const { db, bus, log } = context;
  const { subscription_id: id, version, env } = row;
  const reader = readerOf(row);
  if (row.is_rewound) {
    await bus.eventReaders.rewind(reader);
    await db.kysely
      .updateTable('subscriptions')
      .set({ is_rewound: false })
      .where('subscription_id', '=', id)
      .where('version', '=', version)
      .execute();
  }
  const reading = await bus.eventReaders.read(reader, async (event, signal) => {
    if (await deliverEvent(context, row, event, signal)) return;
    await db.kysely
      .updateTable('subscriptions')
      .set({ state: 'stopped' })
      .where('subscription_id', '=', id)
      .where('version', '=', version)
      .where('state', '=', 'active')
      .execute();
    context.metrics.count('crossdock_subscription_attempts_total', { env, outcome: 'gave-up' });
    log.error({ subscription: id, env }, 'a subscription stopped: an event could not be delivered');
    // Not done: it comes first when a person resumes.
    if (!signal.aborted) await once(signal, 'abort');
    signal.throwIfAborted();
  });
  return {
    version,
    stop: () =>
      reading
        .stop()
        .catch((error: unknown) => log.warn({ subscription: id, reason: reasonOf(error) }, 'a reader stays')),
  };
}
