import type { JsonataError } from '../../run.ts';

const MS_PER_MINUTE = 60_000;
const FIXED = /^([+-])(\d{2}):?(\d{2})$/;
const MAX_CACHED = 100;

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The moment at which clocks of a zone (`Z`, `+01:00`, `Europe/Berlin`) show that local time, given as if it were UTC. Of two such moments, when
 * clocks are set back, the first; where there is none, as clocks are set forward, as much later. Throws `D4044` for an unknown zone.
 */
export function momentInZone(localMs: number, zone: string): number {
  if (zone === 'Z' || zone === 'UTC') return localMs;
  const fixed = FIXED.exec(zone);
  if (fixed) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3]);
    return localMs - (fixed[1] === '-' ? -minutes : minutes) * MS_PER_MINUTE;
  }
  const format = formatOf(zone);
  // The offsets a day before and after are those on both sides of a change of clocks.
  const before = offsetAt(format, localMs - 86_400_000);
  const after = offsetAt(format, localMs + 86_400_000);
  const early = localMs - before;
  if (before === after || offsetAt(format, early) === before) return early;
  const late = localMs - after;
  return offsetAt(format, late) === after ? late : early;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', era: 'short' },
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
    if (formats.size >= MAX_CACHED) formats.clear();
    formats.set(zone, format);
    return format;
  } catch {
    const message = 'a zone is written as "Z", "+01:00" or "Europe/Berlin"';
    throw { code: 'D4044', value: zone, index: 2, message } satisfies JsonataError;
  }
}

/** How far the zone's clocks are ahead of UTC at that moment. */
function offsetAt(format: Intl.DateTimeFormat, ms: number): number {
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
  const local = new Date(0);
  local.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
  local.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
  return local.getTime() - Math.floor(ms / 1000) * 1000;
}
