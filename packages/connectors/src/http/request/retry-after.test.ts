import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.UTC(2026, 10, 23, 10, 30);

test.each([
  ['7', 7000],
  ['0', 0],
  ['Mon, 23 Nov 2026 10:31:00 GMT', 60_000],
  ['Mon, 23 Nov 2026 10:29:00 GMT', 0],
  ['999999999999', 86_400_000],
  ['-5', undefined],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After %j is %j ms', (header, expected) => {
  expect(retryAfterMs(header, NOW)).toBe(expected);
});
