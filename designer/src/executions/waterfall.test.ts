import fc from 'fast-check';
import { expect, test } from 'vitest';
import { waterfallScale } from './waterfall.ts';

test('work without long waits is drawn true to scale', () => {
  const { place, gaps } = waterfallScale([
    { offsetMs: 0, durationMs: 50 },
    { offsetMs: 60, durationMs: 40 },
  ]);
  expect(place({ offsetMs: 60, durationMs: 40 })).toEqual({ left: 0.6, width: 0.4 });
  expect(gaps).toEqual([]);
});

test('a long wait is drawn as a short break', () => {
  const { place, gaps } = waterfallScale([
    { offsetMs: 0, durationMs: 50 },
    { offsetMs: 3_600_000, durationMs: 50 },
  ]);
  expect(place({ offsetMs: 0, durationMs: 50 }).width).toBeGreaterThan(0.4);
  expect(gaps).toHaveLength(1);
  expect(gaps[0]).toMatchObject({ fromMs: 50, toMs: 3_600_000 });
});

test('every bar lies within the width, and later ones never stand before earlier ones', () => {
  const stretch = fc.record({ offsetMs: fc.nat(1e9), durationMs: fc.nat(1e6) });
  fc.assert(
    fc.property(fc.array(stretch, { minLength: 1, maxLength: 30 }), (stretches) => {
      const { place } = waterfallScale(stretches);
      const sorted = [...stretches].sort((a, b) => a.offsetMs - b.offsetMs).map(place);
      for (const [index, { left, width }] of sorted.entries()) {
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left + width).toBeLessThanOrEqual(1 + 1e-9);
        expect(left).toBeGreaterThanOrEqual((sorted[index - 1]?.left ?? 0) - 1e-9);
      }
    }),
  );
});
