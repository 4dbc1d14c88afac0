import { offsetAt } from '@crossdock/flow-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BusinessCalendar, calendarProblems, DEFAULT_CALENDAR, minutesOf, WEEKDAYS } from './business-calendar.ts';
import { addWorkingTime, nextCutOff, workingDaysOf, workingTimeBetween } from './working-time.ts';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);
const iso = (instant: number | undefined): string => new Date(instant!).toISOString();
const everyDay = (hours: BusinessCalendar['week']['monday']): BusinessCalendar['week'] =>
  Object.fromEntries(WEEKDAYS.map((day) => [day, hours]));

const berlin: BusinessCalendar = {
  ...DEFAULT_CALENDAR,
  timeZone: 'Europe/Berlin',
  holidays: ['2026-12-25'],
  cutOff: '15:00',
};
const nights: BusinessCalendar = { timeZone: 'Europe/Berlin', week: everyDay([{ from: '00:00', to: '06:00' }]) };

describe('working time', () => {
  it.each([
    ['within a day', '2026-11-23T09:00:00+01:00', 2, '2026-11-23T11:00:00+01:00'],
    ['from before work', '2026-11-23T05:00:00+01:00', 2, '2026-11-23T10:00:00+01:00'],
    ['to the very end of a day', '2026-11-23T09:00:00+01:00', 8, '2026-11-23T17:00:00+01:00'],
    ['over night', '2026-11-23T15:00:00+01:00', 4, '2026-11-24T10:00:00+01:00'],
    ['over a weekend', '2026-11-27T16:00:00+01:00', 2, '2026-11-30T09:00:00+01:00'],
    ['over a holiday and a weekend', '2026-12-24T16:00:00+01:00', 2, '2026-12-28T09:00:00+01:00'],
    ['over the clocks of spring', '2026-03-27T16:00:00+01:00', 2, '2026-03-30T09:00:00+02:00'],
    ['over the clocks of autumn', '2026-10-23T16:00:00+02:00', 2, '2026-10-26T09:00:00+01:00'],
  ])('adds %s', (_, from, hours, to) => {
    expect(iso(addWorkingTime(berlin, at(from), hours * HOUR))).toBe(iso(at(to)));
    expect(workingTimeBetween(berlin, at(from), at(to))).toBe(hours * HOUR);
  });

  it.each([
    ['left out', '2026-03-29', 5],
    ['shown twice', '2026-10-25', 7],
    ['neither', '2026-11-23', 6],
  ])('counts what is worked in a night of which an hour is %s', (_, day, hours) => {
    expect(workingTimeBetween(nights, at(`${day}T00:00:00Z`) - 3 * HOUR, at(`${day}T12:00:00Z`))).toBe(hours * HOUR);
  });

  it('takes a day that a zone left out for none', () => {
    const apia: BusinessCalendar = { timeZone: 'Pacific/Apia', week: everyDay([{ from: '08:00', to: '10:00' }]) };
    // Samoa went from 29 to 31 December 2011.
    expect(workingTimeBetween(apia, at('2011-12-29T10:00:00Z'), at('2011-12-31T10:00:00Z'))).toBe(4 * HOUR);
  });

  it('counts days without weekends as they are', () => {
    expect(iso(addWorkingTime(workingDaysOf(berlin), at('2026-11-27T18:00:00+01:00'), 24 * HOUR))).toBe(
      iso(at('2026-11-30T18:00:00+01:00')),
    );
  });

  it('finds the next cut-off, on a working day', () => {
    expect(iso(nextCutOff(berlin, at('2026-11-27T14:59:00+01:00')))).toBe(iso(at('2026-11-27T15:00:00+01:00')));
    expect(iso(nextCutOff(berlin, at('2026-11-27T15:00:00+01:00')))).toBe(iso(at('2026-11-30T15:00:00+01:00')));
    expect(iso(nextCutOff(berlin, at('2026-12-24T16:00:00+01:00')))).toBe(iso(at('2026-12-28T15:00:00+01:00')));
    expect(iso(nextCutOff(berlin, at('2026-03-27T20:00:00+01:00')))).toBe(iso(at('2026-03-30T15:00:00+02:00')));
    expect(nextCutOff(DEFAULT_CALENDAR, 0)).toBeUndefined();
  });
});

const minute = fc.integer({ min: 0, max: 1440 });
const someHours = fc
  .uniqueArray(minute, { minLength: 2, maxLength: 6 })
  .map((minutes) => minutes.toSorted((a, b) => a - b))
  .map((minutes) =>
    Array.from({ length: Math.floor(minutes.length / 2) }, (_, i) => ({
      from: clockOf(minutes[2 * i]!),
      to: clockOf(minutes[2 * i + 1]!),
    })),
  );
const calendar: fc.Arbitrary<BusinessCalendar> = fc
  .record({
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
    days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
    hours: someHours,
    holidays: fc.uniqueArray(fc.constantFrom('2026-03-27', '2026-03-29', '2026-10-25', '2026-11-02'), { maxLength: 3 }),
    cutOff: minute.map(clockOf),
  })
  .map(({ days, hours, ...more }) => ({ ...more, week: Object.fromEntries(days.map((day) => [day, hours])) }));
/** Around the days on which clocks change in Europe, America and on Lord Howe. */
const instant = fc
  .tuple(
    fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'),
    fc.integer({ min: -4 * 24 * 60, max: 4 * 24 * 60 }),
  )
  .map(([day, minutes]) => at(`${day}T00:00:00Z`) + minutes * 60_000);
const span = fc.integer({ min: 0, max: 60 * 60 }).map((minutes) => minutes * 60_000);

function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

describe('laws of working time', () => {
  it('is the time at which the clock shows working hours, minute by minute', () => {
    const isWorked = (one: BusinessCalendar, instant: number): boolean => {
      const wall = new Date(instant + offsetAt(one.timeZone, instant));
      const minutes = wall.getUTCHours() * 60 + wall.getUTCMinutes();
      const hours = one.week[WEEKDAYS[wall.getUTCDay()]!] ?? [];
      const isFree = one.holidays?.includes(wall.toISOString().slice(0, 10));
      return !isFree && hours.some(({ from, to }) => minutes >= minutesOf(from) && minutes < minutesOf(to));
    };
    const law = fc.property(calendar, instant, fc.integer({ min: 1, max: 2000 }), (one, from, minutes) => {
      let worked = 0;
      for (let i = 0; i < minutes; i++) if (isWorked(one, from + i * 60_000)) worked++;
      expect(workingTimeBetween(one, from, from + minutes * 60_000)).toBe(worked * 60_000);
    });
    fc.assert(law, { numRuns: 150 });
  });

  it('adds what is then between, and nothing less would do', () => {
    const law = fc.property(calendar, instant, span, (one, from, ms) => {
      const to = addWorkingTime(one, from, ms);
      expect(workingTimeBetween(one, from, to)).toBe(ms);
      if (ms > 0) expect(workingTimeBetween(one, from, to - 60_000)).toBeLessThan(ms);
    });
    fc.assert(law);
  });

  it('may be added in parts', () => {
    const law = fc.property(calendar, instant, span, span, (one, from, a, b) => {
      expect(addWorkingTime(one, addWorkingTime(one, from, a), b)).toBe(addWorkingTime(one, from, a + b));
    });
    fc.assert(law);
  });

  it('sums over parts of a time', () => {
    const law = fc.property(calendar, fc.tuple(instant, instant, instant), (one, some) => {
      const [a, b, c] = some.toSorted((x, y) => x - y) as [number, number, number];
      expect(workingTimeBetween(one, a, b) + workingTimeBetween(one, b, c)).toBe(workingTimeBetween(one, a, c));
    });
    fc.assert(law);
  });

  it('never ends earlier for a later start or more work', () => {
    const law = fc.property(calendar, fc.tuple(instant, instant), fc.tuple(span, span), (one, starts, spans) => {
      const [from, later] = starts.toSorted((x, y) => x - y) as [number, number];
      const [less, more] = spans.toSorted((x, y) => x - y) as [number, number];
      expect(addWorkingTime(one, from, more)).toBeGreaterThanOrEqual(addWorkingTime(one, from, less));
      expect(addWorkingTime(one, later, less)).toBeGreaterThanOrEqual(addWorkingTime(one, from, less));
    });
    fc.assert(law);
  });

  it('has a cut-off ahead, on a working day', () => {
    const law = fc.property(calendar, instant, (one, from) => {
      const cutOff = nextCutOff(one, from)!;
      expect(cutOff).toBeGreaterThan(from);
      expect(nextCutOff(one, cutOff - 1)).toBe(cutOff);
      expect(workingTimeBetween(workingDaysOf(one), cutOff - 24 * HOUR, cutOff + 24 * HOUR)).toBeGreaterThan(0);
    });
    fc.assert(law);
  });
});

describe('calendarProblems', () => {
  const wrong = (change: Partial<BusinessCalendar>) => calendarProblems({ ...berlin, ...change }, 'calendars.east');

  it('has nothing to say of a good one', () => {
    expect(wrong({})).toEqual([]);
    expect(
      wrong({
        week: {
          monday: [
            { from: '00:00', to: '12:00' },
            { from: '12:00', to: '24:00' },
          ],
        },
      }),
    ).toEqual([]);
  });

  it.each([
    [
      'a zone that is none',
      { timeZone: 'Berlin' },
      'calendars.east.timeZone must be an IANA time zone such as Europe/Berlin, America/New_York or UTC',
    ],
    [
      'a night shift in one',
      { week: { monday: [{ from: '22:00', to: '06:00' }] } },
      'calendars.east.week.monday[0].to must be after "22:00"',
    ],
    [
      'hours that overlap',
      {
        week: {
          friday: [
            { from: '08:00', to: '12:00' },
            { from: '11:00', to: '17:00' },
          ],
        },
      },
      'calendars.east.week.friday[1].from must not be before "12:00"',
    ],
    ['no hours at all', { week: { monday: [] } }, 'calendars.east.week has no working hours'],
    [
      'a day that there is not',
      { holidays: ['2026-02-30'] },
      'calendars.east.holidays[0] is "2026-02-30", a day that there is not',
    ],
  ])('names field and fix for %s', (_, change, message) => {
    const [problem, ...more] = wrong(change);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ message });
    expect(problem!.message.startsWith(`${problem!.field} `)).toBe(true);
    expect(problem!.fix).toMatch(/\.$/);
  });
});
