import { setTimeout as sleep } from 'node:timers/promises';
import type { Feed } from '@crossdock/bus';
import { idleMeter, lagMeter, pauseAfter } from './give-way.ts';

/** SQLSTATE classes of data that will never fit, however often it comes: data exception, integrity violation. */
const NEVER_FITS = /^2[23]/;

export interface ProjectOptions<R> {
  readonly feed: Feed<R>;
  readonly maxBatch: number;
  readonly maxWaitMs: number;
  /** Writes a batch and gives when the newest of what it tells happened, in milliseconds since 1970; undefined where it tells no time. */
  readonly write: (records: R[]) => Promise<number | undefined>;
  /** Told of a record that can never be written. */
  readonly passOver: (record: R, error: unknown) => void;
  readonly observe: (seconds: number) => void;
  readonly stopping: AbortSignal;
}

export interface RunningFeed {
  stop(): Promise<void>;
  /** Why batches cannot be written just now; undefined while they can. */
  trouble(): unknown;
}

/** Writes what a feed brings, batch after batch, and rests between them for live traffic's sake. */
export async function projectFeed<R>(options: ProjectOptions<R>): Promise<RunningFeed> {
  const { feed, maxBatch, maxWaitMs, stopping } = options;
  let trouble: unknown;
  const idleShare = idleMeter();
  const lagAfter = lagMeter();
  const stop = await feed.consume({ maxBatch, maxWaitMs }, async (records) => {
    const startedAt = performance.now();
    let newestAt: number | undefined;
    try {
      newestAt = await writeOrSplit(options, records);
      trouble = undefined;
    } catch (error) {
      trouble = error;
      throw error;
    }
    const tookMs = performance.now() - startedAt;
    options.observe(tookMs / 1000);
    const fullness = records.length / maxBatch;
    const pauseMs = pauseAfter({ tookMs, fullness, lagMs: lagAfter(newestAt), idleShare: idleShare() });
    await sleep(pauseMs, undefined, { signal: stopping }).catch(() => undefined);
  });
  return { stop, trouble: () => trouble };
}

/** A record that can never be written must not hold up all others for ever: the batch is split until it stands alone, then passed over. */
async function writeOrSplit<R>(options: ProjectOptions<R>, records: R[]): Promise<number | undefined> {
  try {
    return await options.write(records);
  } catch (error) {
    if (!canNeverBeWritten(error)) throw error;
    if (records.length > 1) {
      const half = Math.ceil(records.length / 2);
      await writeOrSplit(options, records.slice(0, half));
      return writeOrSplit(options, records.slice(half));
    }
    for (const record of records) options.passOver(record, error);
    return undefined;
  }
}

function canNeverBeWritten(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return (
    error instanceof TypeError || error instanceof RangeError || (typeof code === 'string' && NEVER_FITS.test(code))
  );
}
