import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

test('lets a burst through, then one at a time at the rate, and says how long to wait', () => {
  const bucket = new TokenBucket({ perSecond: 2, burst: 3 }, 0);
  expect([0, 0, 0].map((now) => bucket.take(now))).toEqual([0, 0, 0]);
  expect(bucket.take(0)).toBe(500);
  expect(bucket.take(400)).toBe(100);
  expect(bucket.take(500)).toBe(0);
  expect(bucket.take(500)).toBe(500);
  expect([0, 0, 0].map(() => bucket.take(100_000))).toEqual([0, 0, 0]);
  expect(bucket.take(100_000)).toBeGreaterThan(0);
});

test('whoever waits as long as it says gets through', () => {
  const rate = fc.record({
    perSecond: fc.double({ min: 0.01, max: 1_000, noNaN: true }),
    burst: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(
    fc.property(rate, fc.array(fc.nat(2_000), { maxLength: 50 }), (one, pauses) => {
      const bucket = new TokenBucket(one, 0);
      let now = 0;
      for (const pause of pauses) {
        now += pause;
        const wait = bucket.take(now);
        if (wait === 0) continue;
        now += wait + 1;
        expect(bucket.take(now)).toBe(0);
      }
    }),
  );
});

test('never more than the burst and what the rate gave since', () => {
  const rate = fc.record({ perSecond: fc.integer({ min: 1, max: 100 }), burst: fc.integer({ min: 1, max: 20 }) });
  fc.assert(
    fc.property(rate, fc.array(fc.nat(50), { maxLength: 200 }), (one, pauses) => {
      const bucket = new TokenBucket(one, 0);
      let now = 0;
      let taken = 0;
      for (const pause of pauses) {
        now += pause;
        if (bucket.take(now) === 0) taken++;
      }
      expect(taken).toBeLessThanOrEqual(one.burst + (now / 1000) * one.perSecond + 1e-6);
    }),
  );
});
