/** Units as people write them, in milliseconds. */
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
 * Reads a time as people write it, and as `durationText` does: `500 ms`, `1.5 h`, `1 h 30 min`; a bare number is seconds. Gives whole milliseconds, or nothing when it
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
