import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationText, parseDuration } from './duration.ts';

test.each([
  ['500 ms', 500],
  ['30', 30_000],
  ['30s', 30_000],
  ['0.5 s', 500],
  ['1,5 h', 5_400_000],
  ['1 h 30 min', 5_400_000],
  ['1h30m', 5_400_000],
  ['2 days', 172_800_000],
  ['0', 0],
])('reads %o as people mean it', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', 'soon', '-5 s', '1 h 30', '5 weeks', '1 h and a bit', 'min'])('refuses %o', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test.each([
  [0, '0 s'],
  [250, '250 ms'],
  [1_500, '1.5 s'],
  [30_000, '30 s'],
  [90_000, '1 min 30 s'],
  [5_400_000, '1 h 30 min'],
  [86_400_000, '1 d'],
])('writes %i ms as %o', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test('what it writes, it reads back to the millisecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 31_536_000_000 }), (ms) => {
      expect(parseDuration(durationText(ms))).toBe(ms);
    }),
  );
});
