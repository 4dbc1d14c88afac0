import { describe, expect, it } from 'vitest';
import { dueTick, ON_TIME_MS, type TickRules } from './due-tick.ts';

const HOUR = 3_600_000;
const at = (time: string): number => Date.parse(`2026-03-02T${time}Z`);
const rules = (more: Partial<TickRules> = {}): TickRules => ({
  schedule: { cron: '*/10 * * * *' },
  catchUp: 'all',
  maxLatenessMs: HOUR,
  ...more,
});
const due = (more: Partial<TickRules>, after: string, now: string): string | undefined => {
  const tick = dueTick(rules(more), at(after), at(now));
  return tick === undefined ? undefined : new Date(tick).toISOString().slice(11, 19);
};

describe('the tick to run next', () => {
  it.each(['all', 'last', 'none'] as const)('is the next to come when none was missed (%s)', (catchUp) => {
    expect(due({ catchUp }, '06:00', '06:01')).toBe('06:10:00');
  });

  it('is the oldest that may be so late, with "all"', () => {
    expect(due({}, '06:00', '06:35')).toBe('06:10:00');
    expect(due({}, '06:00', '09:35')).toBe('08:40:00');
    expect(due({}, '06:00', '09:40')).toBe('08:40:00');
  });

  it('is the newest, with "last", unless that is too old', () => {
    expect(due({ catchUp: 'last' }, '06:00', '06:35')).toBe('06:30:00');
    expect(due({ catchUp: 'last' }, '06:30', '06:35')).toBe('06:40:00');
    expect(due({ catchUp: 'last', maxLatenessMs: 60_000 }, '06:00', '06:35')).toBe('06:40:00');
  });

  it('is the next to come, with "none", but for one that is late by no fault of its own', () => {
    expect(due({ catchUp: 'none' }, '06:00', '06:35')).toBe('06:40:00');
    expect(due({ catchUp: 'none' }, '06:00', '06:30:20')).toBe('06:30:00');
    expect(ON_TIME_MS).toBeLessThan(60_000);
  });

  it('is found at once in a busy schedule after a long gap', () => {
    const start = performance.now();
    const tick = dueTick(rules({ schedule: { cron: '* * * * * *' }, catchUp: 'last' }), 0, at('06:00:00'));
    expect(tick).toBe(at('06:00:00'));
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('is none for a day that never comes', () => {
    expect(due({ schedule: { cron: '0 0 30 2 *' } }, '06:00', '06:00')).toBeUndefined();
  });
});
