/** What is wrong with a time zone's name, as the rest of a sentence that begins with the field; undefined for a good one. */
export function timeZoneProblem(name: string): string | undefined {
  // Fixed offsets such as +02:00 are zones for Intl too, but no place keeps to one by that name.
  return /^[A-Za-z]/.test(name) && isKnown(name)
    ? undefined
    : 'must be an IANA time zone such as Europe/Berlin, America/New_York or UTC';
}

function isKnown(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

const MAX_KEPT = 500;
const kept = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. Throws a `RangeError` for a zone that does not exist. */
export function offsetAt(timeZone: string, instant: number): number {
  if (timeZone === 'UTC') return 0;
  const shown = clockOf(timeZone).format(instant);
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = shown.split(/\D+/).map(Number);
  const whole = instant - (((instant % 1000) + 1000) % 1000);
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = kept.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(timeZone, clock);
  }
  return clock;
}

/** The instant in (`from`, `to`] from which on the zone's clock no longer has the `offset` that it had before; zones change to the second. */
export function changeBetween(
  timeZone: string,
  { from, to, offset }: { from: number; to: number; offset: number },
): number {
  let low = Math.floor(from / 1000);
  let high = Math.ceil(to / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle * 1000) === offset) low = middle;
    else high = middle;
  }
  return high * 1000;
}
