import type { Bus, FeedRecord } from '@crossdock/bus';
import { FlowError } from '@crossdock/errors';
import type { EventHub } from '../api/event-hub.ts';
import { viewOf } from '../api/execution-view.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Database } from '../store/index.ts';
import { mergeBatch } from './batch.ts';
import { projectOrders } from './orders/project-orders.ts';
import { watchRules } from './orders/watch-rules.ts';
import { projectFeed } from './project-feed.ts';
import { sweepOld } from './retention.ts';
import { writeBatch } from './write-batch.ts';
import { projectXrefs } from './xrefs/project-xrefs.ts';

export interface ProjectorOptions {
  db: Database;
  bus: Pick<Bus, 'feed' | 'eventFeed' | 'events' | 'xrefFeed'>;
  events: EventHub;
  log: Logger;
  metrics: Metrics;
}

/** Writes what happens on the bus to the searchable read model, and lets the rules of exceptions look at orders. */
export interface Projector {
  /** Finishes the batch in hand. */
  stop(): Promise<void>;
  /** Rejects with `SYSTEM_DATABASE_UNAVAILABLE` while batches cannot be written. */
  check(): Promise<void>;
}

const MAX_BATCH = 500;
const MAX_WAIT_MS = 100;
const SWEEP_EVERY_MS = 3_600_000;

export async function startProjector(options: ProjectorOptions): Promise<Projector> {
  const { bus, log, metrics } = options;
  const stopping = new AbortController();
  const feeds = await Promise.all([
    projectFeed({
      ...{ feed: bus.feed, maxBatch: MAX_BATCH, maxWaitMs: MAX_WAIT_MS, stopping: stopping.signal },
      write: (records) => project(options, records),
      passOver: ({ kind, seq }, err) => log.error({ err, kind, seq }, 'a record cannot be written to the read model'),
      observe: (seconds) => metrics.observe('crossdock_projector_batch_seconds', seconds),
    }),
    projectOrders(options, stopping.signal),
    projectXrefs(options, stopping.signal),
  ]);

  const rules = watchRules(options);

  let sweeping: Promise<unknown> = Promise.resolve();
  const sweep = () => {
    sweeping = sweepOld(options, stopping.signal).catch((error) =>
      log.warn({ err: error }, 'old executions could not be removed; the next sweep tries again'),
    );
  };
  const timer = setInterval(sweep, SWEEP_EVERY_MS);
  sweep();

  return {
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await Promise.all([...feeds.map((feed) => feed.stop()), rules.stop(), sweeping]);
    },
    async check() {
      const trouble = feeds.map((feed) => feed.trouble()).find((one) => one !== undefined);
      if (trouble !== undefined) throw new FlowError('SYSTEM_DATABASE_UNAVAILABLE', { cause: trouble });
    },
  };
}

async function project({ db, events, metrics }: ProjectorOptions, records: FeedRecord[]): Promise<number | undefined> {
  const batch = await mergeBatch(records);
  const changed = await writeBatch(db, batch);
  for (const { kind } of records) metrics.count('crossdock_projected_records_total', { kind });
  for (const row of changed) events.emit({ kind: 'execution', data: viewOf(row) });
  if (batch.newestTrigger) metrics.set('crossdock_projector_lag_seconds', ageOf(batch.newestTrigger) / 1000);
  return batch.newest?.getTime();
}

function ageOf(time: Date): number {
  return Math.max(0, Date.now() - time.getTime());
}
