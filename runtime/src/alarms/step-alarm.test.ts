import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AlarmEvent, type AlarmTiming, CLEAR_MS, type OpenAlarm, stepAlarm } from './step-alarm.ts';

const LOOK_MS = 10_000;
const of = (holds: boolean) => ({ holds, value: holds ? 1 : 0, summary: 'a summary' });

/** Looks at what holds every 10 s; gives what was told, with the look's number. */
function watch(holds: readonly boolean[], timing: AlarmTiming) {
  let alarm: OpenAlarm | undefined;
  const told: { at: number; event: AlarmEvent }[] = [];
  const states = holds.map((now, look) => {
    const step = stepAlarm(alarm, of(now), timing, look * LOOK_MS);
    if (step.event) told.push({ at: look * LOOK_MS, event: step.event });
    alarm = step.next === undefined || step.next.state === 'resolved' ? undefined : step.next;
    return step.next?.state;
  });
  return { told, states };
}

const times = (count: number, value: boolean) => Array.from({ length: count }, () => value);
const looks = fc.array(fc.boolean(), { maxLength: 300 });
const timings = fc.record({
  forMs: fc.integer({ min: 0, max: 200_000 }),
  renotifyMs: fc.integer({ min: 0, max: 600_000 }),
});

describe('an alarm', () => {
  test('is pending, fires when its condition held for long enough, and is over when it has stayed away', () => {
    const { states, told } = watch([...times(4, true), ...times(8, false)], { forMs: 30_000, renotifyMs: 0 });
    expect(states.slice(0, 4)).toEqual(['pending', 'pending', 'pending', 'firing']);
    expect(states.slice(4)).toEqual([...Array(6).fill('firing'), 'resolved', undefined]);
    expect(told.map(({ event }) => event)).toEqual(['firing', 'resolved']);
  });

  test('tells in turns: fires once, reminds no more often than asked, is over once', () => {
    fc.assert(
      fc.property(looks, timings, (holds, timing) => {
        let isFiring = false;
        let last = 0;
        for (const { at, event } of watch(holds, timing).told) {
          expect(event === 'firing').toBe(!isFiring);
          if (event === 'still-firing') {
            expect(timing.renotifyMs).toBeGreaterThan(0);
            expect(at - last).toBeGreaterThanOrEqual(timing.renotifyMs);
          }
          isFiring = event !== 'resolved';
          last = at;
        }
      }),
    );
  });

  test('never tells of what did not hold for long enough without a break', () => {
    fc.assert(
      fc.property(looks, timings, (holds, timing) => {
        for (const { at, event } of watch(holds, timing).told) {
          if (event !== 'firing') continue;
          const look = at / LOOK_MS;
          const needed = Math.ceil(timing.forMs / LOOK_MS);
          expect(holds.slice(look - needed, look + 1).every(Boolean)).toBe(true);
        }
      }),
    );
  });

  test('that comes and goes within a minute stays one alarm', () => {
    const flapping = Array.from({ length: 40 }, (_, look) => look % 5 === 0);
    expect(watch(flapping, { forMs: 0, renotifyMs: 0 }).told).toHaveLength(1);
    expect(CLEAR_MS).toBeGreaterThan(4 * LOOK_MS);
  });

  test('tells nobody while it is muted, and what still fires afterwards is told then', () => {
    const { told } = watch(times(20, true), { forMs: 0, renotifyMs: 0, mutedUntil: 100_000 });
    expect(told).toEqual([{ at: 100_000, event: 'firing' }]);
    const short = [...times(3, true), ...times(17, false)];
    expect(watch(short, { forMs: 0, renotifyMs: 0, mutedUntil: 100_000 }).told).toEqual([]);
  });
});
