/** What a text or a number says of a date. */
export type ReadDate =
  /** A date and no time. */
  | { readonly day: number }
  /** A moment. */
  | { readonly moment: number }
  /** Date and time on the clocks of a zone that it does not name, as if they were UTC. */
  | { readonly local: number }
  | { readonly ambiguous: string }
  | { readonly noSuchDate: true };

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$/;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

const AMBIGUOUS: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^\d{1,2}\/\d{1,2}\/\d{2,4}/, 'day or month may come first'],
  [/^\d{1,2}-\d{1,2}-\d{2,4}/, 'day or month may come first'],
  [/^\d{1,2}\.\d{1,2}\.\d{2}$/, 'the century is missing'],
  [/^\d{6}$/, 'six digits may be a date in several orders'],
  [/^\d{10}$/, 'ten digits may be seconds since 1970, or a date and a time'],
];

/** Reads what has one meaning only; undefined for what has none. Numbers are seconds or milliseconds since 1970, or `YYYYMMDD`. */
export function readDate(value: string | number): ReadDate | undefined {
  if (typeof value === 'number') return readNumber(value);
  const text = value.trim();
  const iso = ISO.exec(text);
  if (iso) return dateOf(iso[1], iso[2], iso[3], iso.slice(4, 7), iso[7], iso[8]);
  const dotted = DOTTED.exec(text);
  if (dotted) return dateOf(dotted[3], dotted[2], dotted[1], dotted.slice(4, 7));
  // Thirteen digits are milliseconds: no compact date has as many.
  if (/^\d{13}$/.test(text)) return { moment: Number(text) };
  const compact = COMPACT.exec(text);
  if (compact && text.length !== 10)
    return dateOf(compact[1], compact[2], compact[3], compact.slice(4, 7), undefined, compact[7]);
  const ambiguous = AMBIGUOUS.find(([pattern]) => pattern.test(text));
  return ambiguous && { ambiguous: ambiguous[1] };
}

/** As seconds, these numbers of eight digits lie in the seventies. */
const isCompactDate = (value: number): boolean => Number.isInteger(value) && value >= 19_000_101 && value <= 21_991_231;

/** From here on it counts milliseconds: as seconds it would lie beyond the year 5000. */
const MILLISECONDS_FROM = 100_000_000_000;

function readNumber(value: number): ReadDate | undefined {
  if (isCompactDate(value)) return readDate(String(value));
  const moment = Math.abs(value) >= MILLISECONDS_FROM ? value : value * 1000;
  return Number.isNaN(new Date(moment).getTime()) ? undefined : { moment };
}

function dateOf(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  [hour, minute, second]: readonly (string | undefined)[],
  fraction?: string,
  zone?: string,
): ReadDate {
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return { noSuchDate: true };
  if (hour === undefined) return { day: date.getTime() };
  const [h, m, s] = [Number(hour), Number(minute), Number(second ?? 0)];
  // Midnight at the end of a day may be written as 24:00.
  if (h > 24 || m > 59 || s > 60 || (h === 24 && m + s > 0)) return { noSuchDate: true };
  const milliseconds = Math.floor(Number(`0.${fraction ?? 0}`) * 1000);
  const local = date.getTime() + ((h * 60 + m) * 60 + s) * 1000 + milliseconds;
  return zone === undefined ? { local } : { moment: local - offsetOf(zone) };
}

function offsetOf(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const digits = zone.replace(':', '').padEnd(5, '0');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits[0] === '-' ? -minutes : minutes) * 60_000;
}
