import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketOf, percentileOf, upperBoundOf } from './histogram.ts';

test('a duration lies within its bucket, and the bucket is at most a quarter of a doubling wide', () => {
  fc.assert(
    fc.property(fc.double({ min: 1.01, max: 1e9, noNaN: true }), (ms) => {
      const bucket = bucketOf(ms);
      expect(upperBoundOf(bucket)).toBeGreaterThanOrEqual(ms * 0.999999);
      expect(upperBoundOf(bucket - 1)).toBeLessThan(ms * 1.000001);
    }),
  );
  for (const odd of [0, -5, Number.NaN, 0.3]) expect(bucketOf(odd)).toBe(0);
});

test('a percentile lies in the bucket of the duration that sorting would give, and grows with the share', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 2, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }),
      (durations) => {
        const histogram = new Map<number, number>();
        for (const ms of durations) histogram.set(bucketOf(ms), (histogram.get(bucketOf(ms)) ?? 0) + 1);
        const sorted = durations.toSorted((a, b) => a - b);
        let last = 0;
        for (const share of [0.1, 0.5, 0.95, 0.99]) {
          const read = percentileOf(histogram, share) ?? 0;
          const bucket = bucketOf(sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)] ?? 0);
          expect(read).toBeGreaterThanOrEqual(upperBoundOf(bucket - 1) * 0.999);
          expect(read).toBeLessThanOrEqual(upperBoundOf(bucket) * 1.001);
          expect(read).toBeGreaterThanOrEqual(last);
          last = read;
        }
      },
    ),
  );
  expect(percentileOf(new Map(), 0.5)).toBeUndefined();
});
