import type { StoredXref } from '@crossdock/bus';
import { projectFeed, type RunningFeed } from '../project-feed.ts';
import type { ProjectorOptions } from '../projector.ts';
import { linksToTakeBack, linksToTell } from './order-links.ts';
import { tellOrders } from './tell-orders.ts';
import { writeXrefs } from './write-xrefs.ts';

const MAX_BATCH = 200;
const MAX_WAIT_MS = 100;

/** Writes records of cross-references to their searchable view, tells orders of ids that name them, and watchers where some changed. */
export function projectXrefs(options: ProjectorOptions, stopping: AbortSignal): Promise<RunningFeed> {
  const { bus, log, metrics } = options;
  return projectFeed({
    ...{ feed: bus.xrefFeed, maxBatch: MAX_BATCH, maxWaitMs: MAX_WAIT_MS, stopping },
    write: (batch) => project(options, batch),
    passOver: ({ env, record: { recordId } }, err) =>
      log.error({ err, env, recordId }, 'a cross-reference cannot be written to the read model'),
    observe: (seconds) => metrics.observe('crossdock_projector_batch_seconds', seconds),
  });
}

async function project({ db, bus, events, metrics }: ProjectorOptions, batch: StoredXref[]): Promise<number> {
  await tellOrders(bus, await linksToTakeBack(db, batch));
  await writeXrefs(db, batch);
  await tellOrders(bus, await linksToTell(db, { records: batch }));
  metrics.count('crossdock_projected_records_total', { kind: 'cross-reference' }, batch.length);
  for (const env of new Set(batch.map((stored) => stored.env))) events.emit({ kind: 'cross-reference', data: { env } });
  return Math.max(...batch.map(({ storedAt }) => storedAt.getTime()));
}
