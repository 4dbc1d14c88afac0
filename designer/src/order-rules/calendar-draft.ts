import type { BusinessCalendar } from '@crossdock/orders';

/** As people begin their week. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

type Hours = NonNullable<BusinessCalendar['week'][Weekday]>;

/** A calendar as it is written in a form: hours of a day as one text, such as `06:00–14:00, 14:30–22:00`. */
export interface CalendarDraft {
  readonly timeZone: string;
  readonly week: Readonly<Record<Weekday, string>>;
  readonly holidays: readonly string[];
  /** Empty for none. */
  readonly cutOff: string;
}

const TIME = String.raw`(\d{1,2})(?::?([0-5]\d))?`;
const HOURS = new RegExp(`^${TIME}\\s*[-–—]\\s*${TIME}$`);
const ONE_TIME = new RegExp(`^${TIME}$`);

/** Hours as people write them: `6-14`, `06:00–14:00, 14:30–22:00`. Nothing for a free day, undefined for what is no hours. */
export function readHours(text: string): Hours | undefined {
  const parts = text.split(/[,;]/).map((part) => part.trim());
  const filled = parts.filter((part) => part !== '');
  const hours = filled.map((part) => {
    const [, fromHour, fromMinute, toHour, toMinute] = HOURS.exec(part) ?? [];
    return fromHour === undefined || toHour === undefined
      ? undefined
      : { from: clock(fromHour, fromMinute), to: clock(toHour, toMinute) };
  });
  return hours.every((one) => one !== undefined) ? hours : undefined;
}

/** A time of day as people write it: `15`, `1500`, `15:00`. Undefined for what is none. */
export function readTime(text: string): string | undefined {
  const [, hour, minute] = ONE_TIME.exec(text.trim()) ?? [];
  return hour === undefined ? undefined : clock(hour, minute);
}

const clock = (hour: string, minute = '00'): string => `${hour.padStart(2, '0')}:${minute}`;

/** Days as they are typed or pasted, several in one text perhaps; each once. */
export const daysIn = (texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => text.split(/[\s,;]+/)).filter((day) => day !== '')),
];

export const hoursText = (hours: Hours = []): string => hours.map(({ from, to }) => `${from}–${to}`).join(', ');

export function draftOf({ timeZone, week, holidays = [], cutOff = '' }: BusinessCalendar): CalendarDraft {
  const texts = WEEKDAYS.map((day) => [day, hoursText(week[day])] as const);
  return { timeZone, week: Object.fromEntries(texts) as CalendarDraft['week'], holidays, cutOff };
}

/** The days whose hours cannot be read. */
export const unreadableDays = ({ week }: CalendarDraft): Weekday[] =>
  WEEKDAYS.filter((day) => readHours(week[day]) === undefined);

/** The calendar of a draft; of a day whose hours cannot be read, none. */
export function calendarOf({ timeZone, week, holidays, cutOff }: CalendarDraft): BusinessCalendar {
  const read = WEEKDAYS.map((day) => [day, readHours(week[day]) ?? []] as const);
  return {
    timeZone: timeZone.trim(),
    week: Object.fromEntries(read.filter(([, hours]) => hours.length > 0)) as BusinessCalendar['week'],
    ...(holidays.length > 0 ? { holidays: [...holidays].sort() } : {}),
    ...(cutOff.trim() === '' ? {} : { cutOff: readTime(cutOff) ?? cutOff.trim() }),
  };
}

/** Days of the week with the same hours, one after the other, together. */
export function weekInRuns(week: BusinessCalendar['week']): { first: Weekday; last: Weekday; hours: string }[] {
  const runs: { first: Weekday; last: Weekday; hours: string }[] = [];
  for (const day of WEEKDAYS) {
    const hours = hoursText(week[day]);
    const run = runs.at(-1);
    const isNext = run && WEEKDAYS.indexOf(run.last) + 1 === WEEKDAYS.indexOf(day);
    if (hours === '') continue;
    if (run && isNext && run.hours === hours) run.last = day;
    else runs.push({ first: day, last: day, hours });
  }
  return runs;
}
