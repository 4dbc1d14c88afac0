import { expect, test } from 'vitest';
import { createBackoff } from './backoff.ts';

test('a child that ends is started again at once, then after growing delays, and at once again after a healthy life', () => {
  let now = 0;
  const backoff = createBackoff(() => now);
  const delays = Array.from({ length: 9 }, () => backoff.next());
  expect(delays).toEqual([0, 250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  now += 60_000;
  expect(backoff.next()).toBe(0);
});
