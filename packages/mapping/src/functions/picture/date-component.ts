// After JSONata 2.2.2 (MIT, © IBM Corp.): what a date has as its year, week, weekday …

const MS_PER_DAY = 86_400_000;

export const DAYS = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
export const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'],
  ...['November', 'December'],
];

/** The component's number, in UTC; a text for `P`, `C` and `E`; undefined for a zone or an unknown letter. */
export function componentValue(date: Date, component: string): number | string | undefined {
  const hours = date.getUTCHours();
  switch (component) {
    case 'Y':
      return date.getUTCFullYear();
    case 'M':
      return date.getUTCMonth() + 1;
    case 'D':
      return date.getUTCDate();
    case 'd':
      return (midnight(date) - Date.UTC(date.getUTCFullYear(), 0)) / MS_PER_DAY + 1;
    case 'F':
      return date.getUTCDay() || (Number.isNaN(hours) ? Number.NaN : 7);
    case 'W':
      return weekOf(date, YEAR);
    case 'w':
      return weekOf(date, MONTH);
    case 'X':
      return yearOfWeek(date);
    case 'x':
      return monthOfWeek(date);
    case 'H':
      return hours;
    case 'h':
      return hours % 12 === 0 ? 12 : hours % 12;
    case 'P':
      return hours >= 12 ? 'pm' : 'am';
    case 'm':
      return date.getUTCMinutes();
    case 's':
      return date.getUTCSeconds();
    case 'f':
      return date.getUTCMilliseconds();
    case 'C':
    case 'E':
      return 'ISO';
    default:
      return undefined;
  }
}

const midnight = (date: Date): number => Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());

/** A span that weeks are counted in: where the one that holds a date begins, and its neighbours. */
interface Span {
  readonly weeks: number;
  /** The start of its first week: the one that holds its first Thursday, from its Monday on. */
  readonly firstWeek: (date: Date, distance: number) => number;
}

const YEAR: Span = { weeks: 52, firstWeek: (date, distance) => mondayNear(date.getUTCFullYear() + distance, 0) };
const MONTH: Span = {
  weeks: 4,
  firstWeek: (date, distance) => {
    const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + distance;
    return mondayNear(Math.floor(months / 12), months - Math.floor(months / 12) * 12);
  },
};

function mondayNear(year: number, month: number): number {
  const first = Date.UTC(year, month);
  const day = new Date(first).getUTCDay() || 7;
  return first + (day > 4 ? 8 - day : 1 - day) * MS_PER_DAY;
}

const weeksBetween = (start: number, end: number): number => (end - start) / (MS_PER_DAY * 7) + 1;

function weekOf(date: Date, span: Span): number {
  const today = midnight(date);
  const week = weeksBetween(span.firstWeek(date, 0), today);
  if (week > span.weeks && today >= span.firstWeek(date, 1)) return 1;
  return Math.floor(week < 1 ? weeksBetween(span.firstWeek(date, -1), today) : week);
}

function yearOfWeek(date: Date): number {
  const year = date.getUTCFullYear();
  if (date.getTime() < YEAR.firstWeek(date, 0)) return year - 1;
  return date.getTime() >= YEAR.firstWeek(date, 1) ? year + 1 : year;
}

function monthOfWeek(date: Date): number {
  const month = date.getUTCMonth();
  if (date.getTime() < MONTH.firstWeek(date, 0)) return ((month + 11) % 12) + 1;
  return date.getTime() >= MONTH.firstWeek(date, 1) ? ((month + 1) % 12) + 1 : month + 1;
}
