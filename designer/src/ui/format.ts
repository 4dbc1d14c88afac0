import { uiTexts } from '../texts/index.ts';
import { locale } from '../texts/language.ts';

const t = uiTexts.relative;
const exact = new Intl.DateTimeFormat(locale(), {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const clock = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' });
const clockWithMs = new Intl.DateTimeFormat(locale(), {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const day = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric' });
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `23 Nov 2026, 15:30:51.123 (Europe/Berlin)`: for a hover, with the zone named. `iso` is RFC 3339. */
export function formatExact(iso: string): string {
  return `${exact.format(new Date(iso))} (${zone})`;
}

/** `15:30:51.123` in the user's zone. */
export function formatClock(iso: string): string {
  return clockWithMs.format(new Date(iso));
}

/** `15:30` on the day of `now` (ms), else with the date: `24 Nov, 15:30`. */
export function formatMoment(iso: string, now = Date.now()): string {
  const date = new Date(iso);
  return date.toDateString() === new Date(now).toDateString()
    ? clock.format(date)
    : `${day.format(date)}, ${clock.format(date)}`;
}

/** How long ago (or until) `iso` is, seen from `now` (ms): `12 s ago`, `in 4 min`, `3 h ago`, then the date with the time. */
export function formatRelative(iso: string, now: number): string {
  const date = new Date(iso);
  const past = now - date.getTime();
  const distance = Math.abs(past);
  if (distance < 2 * SECOND) return t.justNow;
  const said =
    distance < MINUTE
      ? `${Math.floor(distance / SECOND)} s`
      : distance < HOUR
        ? `${Math.floor(distance / MINUTE)} min`
        : undefined;
  const saidLong = said ?? (distance < DAY ? `${Math.floor(distance / HOUR)} h` : undefined);
  if (saidLong) return past > 0 ? t.past(saidLong) : t.future(saidLong);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return `${(sameYear ? day : dayAndYear).format(date)}, ${clock.format(date)}`;
}

/** `8 ms`, `1.24 s`, `2 min 5 s`, `3 h 12 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1) return ms <= 0 ? '0 ms' : '<1 ms';
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${formatNumber(ms / SECOND, { maximumFractionDigits: ms < 10 * SECOND ? 2 : 1 })} s`;
  if (ms < HOUR) return twoUnits(ms, MINUTE, 'min', SECOND, 's');
  return ms < DAY ? twoUnits(ms, HOUR, 'h', MINUTE, 'min') : twoUnits(ms, DAY, 'd', HOUR, 'h');
}

/** `1,204` or `1.204`, as the language writes it. */
export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return value.toLocaleString(locale(), options);
}

function twoUnits(ms: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((ms % big) / small);
  return `${Math.floor(ms / big)} ${bigUnit}${rest > 0 ? ` ${rest} ${smallUnit}` : ''}`;
}

/** A time in RFC 3339 as the value of a `datetime-local` field, which knows no zones. */
export function toLocalField(iso: string): string {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
