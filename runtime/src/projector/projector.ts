import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus, FeedRecord } from '@crossdock/bus';
import { FlowError } from '@crossdock/errors';
import type { EventHub } from '../api/event-hub.ts';
import { viewOf } from '../api/execution-view.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Database } from '../store/index.ts';
import { mergeBatch } from './batch.ts';
import { idleMeter, pauseAfter } from './give-way.ts';
import { sweepOld } from './retention.ts';
import { writeBatch } from './write-batch.ts';

export interface ProjectorOptions {
  db: Database;
  bus: Pick<Bus, 'feed'>;
  events: EventHub;
  log: Logger;
  metrics: Metrics;
}

/** Writes what happens on the bus to the searchable read model. */
export interface Projector {
  /** Finishes the batch in hand. */
  stop(): Promise<void>;
  /** Rejects with `SYSTEM_DATABASE_UNAVAILABLE` while batches cannot be written. */
  check(): Promise<void>;
}

const MAX_BATCH = 500;
const MAX_WAIT_MS = 100;
const SWEEP_EVERY_MS = 3_600_000;
/** SQLSTATE classes of data that will never fit, however often it comes: data exception, integrity violation. */
const NEVER_FITS = /^2[23]/;

export async function startProjector(options: ProjectorOptions): Promise<Projector> {
  const { bus, log, metrics } = options;
  let trouble: unknown;
  const idleShare = idleMeter();
  const stopping = new AbortController();
  const stopFeed = await bus.feed.consume({ maxBatch: MAX_BATCH, maxWaitMs: MAX_WAIT_MS }, async (records) => {
    const startedAt = performance.now();
    let lagMs: number;
    try {
      lagMs = await project(options, records);
      trouble = undefined;
    } catch (error) {
      trouble = error;
      throw error;
    }
    const tookMs = performance.now() - startedAt;
    metrics.observe('crossdock_projector_batch_seconds', tookMs / 1000);
    const pauseMs = pauseAfter({ tookMs, fullness: records.length / MAX_BATCH, lagMs, idleShare: idleShare() });
    await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
  });

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
      await Promise.all([stopFeed(), sweeping]);
    },
    async check() {
      if (trouble !== undefined) throw new FlowError('SYSTEM_DATABASE_UNAVAILABLE', { cause: trouble });
    },
  };
}

/**
 * Writes a batch and gives how far behind its newest record is, in milliseconds. A record that can never be written must not hold up all
 * others for ever: the batch is split until it stands alone, then passed over.
 */
async function project(options: ProjectorOptions, records: FeedRecord[]): Promise<number> {
  const { db, events, log, metrics } = options;
  try {
    const batch = await mergeBatch(records);
    const changed = await writeBatch(db, batch);
    for (const { kind } of records) metrics.count('crossdock_projected_records_total', { kind });
    for (const row of changed) events.emit({ kind: 'execution', data: viewOf(row) });
    if (batch.newestTrigger) metrics.set('crossdock_projector_lag_seconds', ageOf(batch.newestTrigger) / 1000);
    return batch.newest ? ageOf(batch.newest) : Number.POSITIVE_INFINITY;
  } catch (error) {
    if (!canNeverBeWritten(error)) throw error;
    if (records.length > 1) {
      const half = Math.ceil(records.length / 2);
      await project(options, records.slice(0, half));
      return project(options, records.slice(half));
    }
    const [record] = records;
    log.error({ err: error, kind: record?.kind, seq: record?.seq }, 'a record cannot be written to the read model');
    return Number.POSITIVE_INFINITY;
  }
}

function ageOf(time: Date): number {
  return Math.max(0, Date.now() - time.getTime());
}

function canNeverBeWritten(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return (
    error instanceof TypeError || error instanceof RangeError || (typeof code === 'string' && NEVER_FITS.test(code))
  );
}
