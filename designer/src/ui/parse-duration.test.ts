import { durationText } from '@crossdock/flow-model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDuration } from './parse-duration.ts';

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

test('what is shown is read back to the millisecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 31_536_000_000 }), (ms) => {
      expect(parseDuration(durationText(ms))).toBe(ms);
    }),
  );
});
