import type { AlarmCalendar } from '@crossdock/api-contract';

const STEP_MS = 60_000;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether the platform knows a time zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    return formatOf(name) !== undefined;
  } catch {
    return false;
  }
}

/** Whether a moment (ms since 1970) lies on the calendar's days and between its hours. Hours that end before they begin go over midnight. */
export function isOpenAt({ days, from, to, timeZone }: AlarmCalendar, at: number): boolean {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const day = WEEKDAYS.indexOf(parts.weekday ?? '') + 1;
  const clock = `${parts.hour}:${parts.minute}`;
  if (from === to) return days.includes(day);
  if (from < to) return days.includes(day) && clock >= from && clock < to;
  const dayBefore = day === 1 ? 7 : day - 1;
  return clock >= from ? days.includes(day) : clock < to && days.includes(dayBefore);
}

/** For how long the calendar has been open without a break, up to `mostMs`, to the minute: what silence at night does not count. */
export function openForMs(calendar: AlarmCalendar | undefined, now: number, mostMs: number): number {
  if (!calendar) return mostMs;
  for (let passed = 0; passed < mostMs; passed += STEP_MS) if (!isOpenAt(calendar, now - passed)) return passed;
  return mostMs;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  formats.set(timeZone, made);
  return made;
}
