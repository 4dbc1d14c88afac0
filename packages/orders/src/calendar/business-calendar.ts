import { timeZoneProblem } from '@crossdock/flow-model';
import Type, { type Static } from 'typebox';
import type { EventProblem } from '../events/event-problems.ts';
import { maybe, record, text } from '../events/schema-parts.ts';

const clock = (description: string) =>
  Type.String({
    pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$',
    'x-pattern-reason': 'must be a time of day from "00:00" to "24:00"',
    description,
  });

const hours = record({ from: clock('Work begins.'), to: clock('Work ends, on the same day.') });
const day = maybe(Type.Array(hours, { maxItems: 12 }));

export const calendarSchema = record(
  {
    timeZone: text('IANA name, such as Europe/Berlin.', 64),
    week: record(
      { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: day, sunday: day },
      'Working hours by day of the week; a day that is left out is free. A night shift is two: until 24:00, and from 00:00 of the next day.',
    ),
    holidays: maybe(
      Type.Array(
        Type.String({
          pattern: '^\\d{4}-\\d{2}-\\d{2}$',
          'x-pattern-reason': 'must be a day such as "2026-12-25"',
        }),
        { maxItems: 1000, uniqueItems: true, description: 'Days without work, whatever day of the week they are.' },
      ),
    ),
    cutOff: maybe(clock('What is to leave on a working day must be ready by then.')),
  },
  'When a site works.',
);

/** When a site works, in its own time. It works whenever its clock shows a working time: what the clock shows twice counts twice. */
export type BusinessCalendar = Static<typeof calendarSchema>;

/** In the order of `Date.getUTCDay`. */
export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** Monday to Friday, eight to five by UTC: where nobody said when they work. */
export const DEFAULT_CALENDAR: BusinessCalendar = {
  timeZone: 'UTC',
  week: Object.fromEntries(
    WEEKDAYS.slice(1, 6).map((weekday) => [weekday, [{ from: '08:00', to: '17:00' }]]),
  ) as BusinessCalendar['week'],
};

/** Minutes since midnight of a time of day that fits the schema. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** What is wrong with a calendar that fits `calendarSchema`, `field` being where it stands. */
export function calendarProblems(calendar: BusinessCalendar, field: string): EventProblem[] {
  const zone = timeZoneProblem(calendar.timeZone);
  const hoursByDay = WEEKDAYS.map((weekday) => [weekday, calendar.week[weekday] ?? []] as const);
  return [
    ...(zone === undefined
      ? []
      : [problem(`${field}.timeZone`, zone, 'Use the name of the site’s zone, such as "Europe/Berlin".')]),
    ...hoursByDay.flatMap(([weekday, all]) => hoursProblems(all, `${field}.week.${weekday}`)),
    ...(hoursByDay.some(([, all]) => all.length > 0)
      ? []
      : [
          problem(
            `${field}.week`,
            'has no working hours',
            'Give at least one day hours, such as {"from": "08:00", "to": "17:00"}.',
          ),
        ]),
    ...(calendar.holidays ?? []).flatMap((holiday, index) =>
      isDay(holiday)
        ? []
        : [problem(`${field}.holidays[${index}]`, `is "${holiday}", a day that there is not`, 'Correct or remove it.')],
    ),
  ];
}

function hoursProblems(all: readonly Static<typeof hours>[], field: string): EventProblem[] {
  return all.flatMap(({ from, to }, index) => {
    const before = all[index - 1];
    const at = `${field}[${index}]`;
    if (minutesOf(to) <= minutesOf(from))
      return [
        problem(
          `${at}.to`,
          `must be after "${from}"`,
          'Split a night shift: until "24:00", and from "00:00" of the next day.',
        ),
      ];
    if (before !== undefined && minutesOf(from) < minutesOf(before.to))
      return [
        problem(
          `${at}.from`,
          `must not be before "${before.to}"`,
          'Give the hours of a day in order, apart from each other.',
        ),
      ];
    return [];
  });
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}

const problem = (field: string, reason: string, fix: string): EventProblem => ({
  field,
  message: `${field} ${reason}`,
  fix,
});
