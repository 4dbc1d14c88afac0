const UNITS: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
  [1, 'ms'],
];
/** As people write them, beside the short forms. */
const NAMES: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  sec: 1_000,
  second: 1_000,
  seconds: 1_000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
};
const PART = /(\d+(?:[.,]\d+)?)\s*([a-z]*)/gy;

/**
 * Reads a time as people write it: `500 ms`, `1.5 h`, `1 h 30 min`; a bare number is seconds. Gives whole milliseconds, or nothing when it
 * is no time.
 */
export function parseDuration(text: string): number | undefined {
  const said = text.trim().toLowerCase();
  if (said === '') return undefined;
  let total = 0;
  let parts = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < said.length) {
    while (said[PART.lastIndex] === ' ') PART.lastIndex++;
    const [, number, name = ''] = PART.exec(said) ?? [];
    // Only a lone number may go without its unit: what "1 h 30" means is anybody's guess.
    const ms = name === '' ? (parts === 0 && PART.lastIndex === said.length ? 1_000 : undefined) : NAMES[name];
    if (number === undefined || ms === undefined) return undefined;
    total += Number(number.replace(',', '.')) * ms;
    parts++;
  }
  return Math.round(total);
}

/** The time as `parseDuration` reads it back to the millisecond: `1 h 30 min`, `1.5 s`. */
export function durationText(ms: number): string {
  if (ms >= 1_000 && ms < 60_000 && ms % 1_000 !== 0) return `${ms / 1_000} s`;
  const parts: string[] = [];
  let rest = ms;
  for (const [size, unit] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.join(' ') || '0 s';
}
