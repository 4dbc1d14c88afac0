import { cpus } from 'node:os';

/** What a batch was like. */
export interface BatchPace {
  /** How long it took. */
  readonly tookMs: number;
  /** How full it was, 0 to 1. */
  readonly fullness: number;
  /** How far the read model is behind what happens. */
  readonly lagMs: number;
  /** Share of the machine's processors that nobody used of late, 0 to 1. */
  readonly idleShare: number;
}

/** Below this the processors are taken: what the read model takes, orders lack. */
const BUSY_BELOW = 0.15;
/** So far behind the read model may fall for live traffic's sake; beyond, it takes its share again. */
const MAX_LAG_MS = 15_000;
const BUSY_PAUSE_MS = 1_000;
/** Share of a batch's time that is left to live traffic after it, and the most of it. */
const YIELD_SHARE = 0.5;
const MAX_YIELD_MS = 100;

/**
 * How long the projector rests after a batch. While orders take all processors it works in few large batches, which also cost less: of an
 * execution that has ended meanwhile only its last record is left. Triggers, journal and traces wait for it on their streams.
 */
export function pauseAfter({ tookMs, fullness, lagMs, idleShare }: BatchPace): number {
  if (idleShare < BUSY_BELOW && lagMs < MAX_LAG_MS) return BUSY_PAUSE_MS * fullness;
  return Math.min(tookMs * YIELD_SHARE, MAX_YIELD_MS);
}

/**
 * How far behind what happens the read model is, in milliseconds, after a batch whose newest record happened at `newestAt` (milliseconds since 1970).
 * A batch of payloads alone tells no time: the one before it counts on.
 */
export function lagMeter(now: () => number = Date.now): (newestAt: number | undefined) => number {
  let last: number | undefined;
  return (newestAt) => {
    last = newestAt ?? last;
    return last === undefined ? Number.POSITIVE_INFINITY : Math.max(0, now() - last);
  };
}

/** Measures the share of unused processor time between one call and the next. */
export function idleMeter(read: () => { idle: number; total: number } = processorTimes): () => number {
  let before = read();
  return () => {
    const now = read();
    const total = now.total - before.total;
    const share = total > 0 ? (now.idle - before.idle) / total : 1;
    before = now;
    return share;
  };
}

/** Of all processors since the machine started, in milliseconds. */
function processorTimes(): { idle: number; total: number } {
  let idle = 0;
  let total = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    total += times.idle + times.user + times.sys + times.nice + times.irq;
  }
  return { idle, total };
}
