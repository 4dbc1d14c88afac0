import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idleMeter, lagMeter, pauseAfter } from './give-way.ts';

const pace = fc.record({
  tookMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
  fullness: fc.double({ min: 0, max: 1, noNaN: true }),
  lagMs: fc.double({ min: 0, max: 600_000, noNaN: true }),
  idleShare: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('the pause after a batch', () => {
  test('is long while orders take the processors, short otherwise', () => {
    const batch = { tookMs: 50, fullness: 1, lagMs: 2_000 };
    expect(pauseAfter({ ...batch, idleShare: 0.02 })).toBe(1_000);
    expect(pauseAfter({ ...batch, idleShare: 0.6 })).toBe(25);
    expect(pauseAfter({ ...batch, idleShare: 0.02, fullness: 0.01 })).toBe(10);
  });

  test('is short again once the read model is far behind, however busy the machine is', () => {
    fc.assert(
      fc.property(pace, (given) => {
        expect(pauseAfter({ ...given, lagMs: given.lagMs + 15_000 })).toBeLessThanOrEqual(100);
      }),
    );
  });

  test('never holds the read model up for longer than a second', () => {
    fc.assert(fc.property(pace, (given) => pauseAfter(given) >= 0 && pauseAfter(given) <= 1_000));
  });
});

describe('the lag', () => {
  test('is that of the newest record that told a time, and grows while none does', () => {
    let now = 10_000;
    const lagAfter = lagMeter(() => now);
    expect(lagAfter(undefined)).toBe(Number.POSITIVE_INFINITY);
    expect(lagAfter(9_000)).toBe(1_000);
    now = 12_000;
    expect(lagAfter(undefined)).toBe(3_000);
    expect(lagAfter(11_500)).toBe(500);
    expect(lagAfter(12_500)).toBe(0);
  });
});

describe('the idle share', () => {
  test('is that between two calls', () => {
    const readings = [
      { idle: 100, total: 200 },
      { idle: 100, total: 300 },
      { idle: 175, total: 400 },
      { idle: 175, total: 400 },
    ];
    const share = idleMeter(() => readings.shift() as { idle: number; total: number });
    expect([share(), share(), share()]).toEqual([0, 0.75, 1]);
  });
});
