const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const ZERO = 48;

let lastDay = '';
let lastMidnight = Number.NaN;

/**
 * The instant of an RFC 3339 time that was checked, in milliseconds since 1970: what `Date.parse` gives, several times as fast for the form that
 * most events have ("2026-11-23T09:14:03Z", with milliseconds or without). Events of an order are mostly of few days, so a day is read once.
 */
export function instantOf(time: string): number {
  const { length } = time;
  if (!(length === 20 || (length === 24 && time[19] === '.')) || time[length - 1] !== 'Z') return Date.parse(time);
  if (time[10] !== 'T' || time[13] !== ':' || time[16] !== ':') return Date.parse(time);
  const day = time.slice(0, 10);
  if (day !== lastDay) {
    lastMidnight = Date.parse(`${day}T00:00:00Z`);
    lastDay = day;
  }
  const hour = twoDigits(time, 11);
  const minute = twoDigits(time, 14);
  const second = twoDigits(time, 17);
  // A leap second and whatever is no time at all.
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return Date.parse(time);
  const at = lastMidnight + hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS;
  if (length === 20) return at;
  return at + digit(time, 20) * 100 + twoDigits(time, 21);
}

const digit = (text: string, at: number): number => text.charCodeAt(at) - ZERO;
const twoDigits = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);
