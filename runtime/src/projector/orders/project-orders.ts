import type { StoredEvent } from '@crossdock/bus';
import { projectFeed, type RunningFeed } from '../project-feed.ts';
import type { ProjectorOptions } from '../projector.ts';
import { linksToTell } from '../xrefs/order-links.ts';
import { tellOrders } from '../xrefs/tell-orders.ts';
import { writeOrders } from './write-orders.ts';

/** Fewer than of executions: each may make an order be folded anew, and the embedded database has one connection for all. */
const MAX_BATCH = 100;
const MAX_WAIT_MS = 100;

/** Writes events of orders to the read model, tells orders of ids that name them, and watchers which orders changed. */
export function projectOrders(options: ProjectorOptions, stopping: AbortSignal): Promise<RunningFeed> {
  const { bus, log, metrics } = options;
  return projectFeed({
    ...{ feed: bus.eventFeed, maxBatch: MAX_BATCH, maxWaitMs: MAX_WAIT_MS, stopping },
    write: (batch) => project(options, batch),
    passOver: ({ seq, env }, err) => log.error({ err, env, seq }, 'an event cannot be written to the read model'),
    observe: (seconds) => metrics.observe('crossdock_projector_orders_seconds', seconds),
  });
}

async function project({ db, bus, events, metrics }: ProjectorOptions, batch: StoredEvent[]): Promise<number> {
  const written = await writeOrders(db, batch);
  await tellOrders(bus, await linksToTell(db, { orders: written }));
  metrics.count('crossdock_projected_records_total', { kind: 'event' }, batch.length);
  for (const data of written) events.emit({ kind: 'order', data });
  return Math.max(...batch.map(({ storedAt }) => storedAt.getTime()));
}
