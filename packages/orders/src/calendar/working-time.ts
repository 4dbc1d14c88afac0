import { changeBetween, offsetAt } from '@crossdock/flow-model';
import { type BusinessCalendar, minutesOf, WEEKDAYS } from './business-calendar.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Instants in milliseconds since 1970, the second one not in it. */
type Span = readonly [start: number, end: number];

/** Hours by day of the week (Sunday first), in milliseconds since midnight, and the days without, in days since 1970. */
interface Hours {
  readonly byWeekday: readonly (readonly Span[])[];
  readonly holidays: ReadonlySet<number>;
}

/**
 * The first instant by which `ms` of work have been done since `from`; `from` itself for 0. All in milliseconds. The calendar has been checked
 * (`calendarProblems`); throws a `RangeError` for a zone that does not exist.
 */
export function addWorkingTime(calendar: BusinessCalendar, from: number, ms: number): number {
  if (ms <= 0) return from;
  let left = ms;
  for (const [start, end] of workingSpans(calendar, from)) {
    if (end - start >= left) return start + left;
    left -= end - start;
  }
  return Number.POSITIVE_INFINITY;
}

/** How much work was done from `from` to `to`, in milliseconds; 0 when `to` is not later. */
export function workingTimeBetween(calendar: BusinessCalendar, from: number, to: number): number {
  let sum = 0;
  if (to <= from) return sum;
  for (const [start, end] of workingSpans(calendar, from)) {
    if (start >= to) break;
    sum += Math.min(end, to) - start;
  }
  return sum;
}

/**
 * The first instant after `from` at which the clock shows the cut-off on a working day; undefined for a calendar without one. Where the clock
 * leaves it out it comes as much later, where it shows it twice the second one counts.
 */
export function nextCutOff(calendar: BusinessCalendar, from: number): number | undefined {
  if (calendar.cutOff === undefined) return undefined;
  const { timeZone } = calendar;
  const hours = hoursOf(calendar);
  if (isNeverWorked(hours)) return undefined;
  for (let day = Math.floor((from + offsetAt(timeZone, from)) / DAY_MS); ; day++) {
    const wall = day * DAY_MS + minutesOf(calendar.cutOff) * MINUTE_MS;
    const instant = wall - offsetAt(timeZone, wall - offsetAt(timeZone, wall));
    if (instant > from && spansOn(hours, day).length > 0) return instant;
  }
}

const daysOnly = new WeakMap<BusinessCalendar, BusinessCalendar>();

/** The same with every working day from midnight to midnight: for spans that count days and leave out weekends. */
export function workingDaysOf(calendar: BusinessCalendar): BusinessCalendar {
  let days = daysOnly.get(calendar);
  if (!days) {
    const isWorked = (weekday: (typeof WEEKDAYS)[number]): boolean => (calendar.week[weekday] ?? []).length > 0;
    const week = WEEKDAYS.filter(isWorked).map((weekday) => [weekday, [{ from: '00:00', to: '24:00' }]]);
    days = { ...calendar, week: Object.fromEntries(week) as BusinessCalendar['week'] };
    daysOnly.set(calendar, days);
  }
  return days;
}

const kept = new WeakMap<BusinessCalendar, Hours>();

function hoursOf(calendar: BusinessCalendar): Hours {
  let hours = kept.get(calendar);
  if (!hours) {
    hours = {
      byWeekday: WEEKDAYS.map((weekday) =>
        (calendar.week[weekday] ?? []).map(({ from, to }) => [minutesOf(from) * MINUTE_MS, minutesOf(to) * MINUTE_MS]),
      ),
      holidays: new Set((calendar.holidays ?? []).map((day) => Date.parse(`${day}T00:00:00Z`) / DAY_MS)),
    };
    kept.set(calendar, hours);
  }
  return hours;
}

const isNeverWorked = ({ byWeekday }: Hours): boolean => byWeekday.every((spans) => spans.length === 0);

/** Working hours of a day, which is counted since 1970; that began with a Thursday. */
function spansOn({ byWeekday, holidays }: Hours, day: number): readonly Span[] {
  return holidays.has(day) ? [] : byWeekday[(((day + 4) % 7) + 7) % 7]!;
}

/** Spans of work after `from`, in order. It goes on by local days, and stops where the clock changes. Endless, unless nobody ever works. */
function* workingSpans(calendar: BusinessCalendar, from: number): Generator<Span> {
  const { timeZone } = calendar;
  const hours = hoursOf(calendar);
  if (isNeverWorked(hours)) return;
  let at = from;
  let offset = offsetAt(timeZone, at);
  for (;;) {
    const day = Math.floor((at + offset) / DAY_MS);
    const midnight = (day + 1) * DAY_MS - offset;
    const isChanged = offsetAt(timeZone, midnight) !== offset;
    const end = isChanged ? changeBetween(timeZone, { from: at, to: midnight, offset }) : midnight;
    for (const [starts, ends] of spansOn(hours, day)) {
      const start = Math.max(at, day * DAY_MS + starts - offset);
      const stop = Math.min(end, day * DAY_MS + ends - offset);
      if (start < stop) yield [start, stop];
    }
    at = end;
    if (isChanged) offset = offsetAt(timeZone, end);
  }
}
