import { DEFAULT_RETRY } from '@crossdock/flow-model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeRetry, retryDelays } from './retry-preview.ts';

test('the default policy in plain words', () => {
  expect(describeRetry(DEFAULT_RETRY)).toBe(
    'Tries again after 500 ms, 1 s, 2 s, 4 s, 8 s, each ± 20 %. Gives up after 6 tries, about 15.5 s after the first.',
  );
});

test('one try is said as such', () => {
  expect(describeRetry({ ...DEFAULT_RETRY, maxAttempts: 1 })).toBe('Tries once and gives up when that fails.');
});

test('long policies name the first delays and the longest', () => {
  expect(describeRetry({ ...DEFAULT_RETRY, maxAttempts: 20, jitter: 0 })).toContain(
    '8 s … up to 1 h. Gives up after 20 tries',
  );
});

test('delays never pass the cap, and there is one less than tries', () => {
  fc.assert(
    fc.property(
      fc.record({
        maxAttempts: fc.integer({ min: 1, max: 50 }),
        initialDelayMs: fc.integer({ min: 0, max: 100_000 }),
        factor: fc.double({ min: 1, max: 10, noNaN: true }),
        maxDelayMs: fc.integer({ min: 0, max: 10_000_000 }),
        jitter: fc.constant(0),
      }),
      (policy) => {
        const delays = retryDelays(policy);
        expect(delays).toHaveLength(policy.maxAttempts - 1);
        expect(delays.every((delay) => delay <= policy.maxDelayMs)).toBe(true);
      },
    ),
  );
});
