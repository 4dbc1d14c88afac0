/** Durations in steps of a quarter of a doubling: a percentile read from them is at most 19 % off. */
const STEPS_PER_DOUBLING = 4;
/** The last bucket holds everything from about 12 days on. */
const MAX_BUCKET = 120;

/** How many durations fell into each bucket. */
export type Histogram = ReadonlyMap<number, number>;

/** The bucket of a duration in milliseconds; 0 holds all up to 1 ms. */
export function bucketOf(durationMs: number): number {
  if (!(durationMs > 1)) return 0;
  return Math.min(MAX_BUCKET, Math.ceil(Math.log2(durationMs) * STEPS_PER_DOUBLING));
}

/** The longest duration that a bucket holds, in milliseconds. */
export const upperBoundOf = (bucket: number): number => 2 ** (bucket / STEPS_PER_DOUBLING);

/** The duration that a share of all stays within, in milliseconds, spread evenly inside its bucket; undefined for no durations. */
export function percentileOf(histogram: Histogram, share: number): number | undefined {
  const buckets = [...histogram].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return undefined;
  const rank = share * total;
  let below = 0;
  for (const [bucket, count] of buckets) {
    if (below + count >= rank) {
      const lower = bucket === 0 ? 0 : upperBoundOf(bucket - 1);
      return lower + (upperBoundOf(bucket) - lower) * ((rank - below) / count);
    }
    below += count;
  }
  return upperBoundOf(buckets.at(-1)?.[0] ?? 0);
}
