import { Cron } from 'croner';

/** The fields of a cron expression in their order; the seconds may be left out. */
const FIELDS = [
  { name: 'second', allows: '0 to 59' },
  { name: 'minute', allows: '0 to 59' },
  { name: 'hour', allows: '0 to 23' },
  { name: 'day of the month', allows: '1 to 31, L for the last' },
  { name: 'month', allows: '1 to 12 or JAN to DEC' },
  { name: 'day of the week', allows: '0 to 7 (0 and 7 are Sunday) or MON to SUN' },
] as const;

/** Fields of the expression, seconds first; undefined where it has neither five nor six. */
export function cronFields(cron: string): string[] | undefined {
  const fields = cron.trim().split(/\s+/);
  if (fields.length === FIELDS.length) return fields;
  return fields.length === FIELDS.length - 1 ? ['0', ...fields] : undefined;
}

/** What is wrong with a cron expression, as the rest of a sentence that begins with the field; undefined for a good one. */
export function cronProblem(cron: string): string | undefined {
  const fields = cronFields(cron);
  if (!fields)
    return 'must have five fields: minute, hour, day of the month, month, day of the week; or six, with the second first';
  for (const [index, { name, allows }] of FIELDS.entries()) {
    const alone = FIELDS.map((_field, at) => (at === index ? fields[index] : '*'));
    if (!canRead(alone.join(' ')))
      return `has "${fields[index]}" as ${name}: ${allows} can stand there, with lists (1,15), ranges (1-5) and steps (*/5)`;
  }
  return wallTimesOf(cron)(0) === undefined ? 'names a day that never comes' : undefined;
}

function canRead(cron: string): boolean {
  try {
    read(cron);
    return true;
  } catch {
    return false;
  }
}

/** Without a function to call, and paused, the library only computes. Its zone is UTC: it reads a clock, `ticks.ts` knows where that hangs. */
const read = (cron: string) => new Cron(cron, { mode: '5-or-6-parts', timezone: 'UTC', paused: true });

/** The first time on the clock after `after` that the expression names; both as if the clock showed UTC, in milliseconds. */
export type WallTimes = (after: number) => number | undefined;

const MAX_KEPT = 1000;
const kept = new Map<string, WallTimes>();

/** Throws what `cronProblem` would have told. */
export function wallTimesOf(cron: string): WallTimes {
  let wallTimes = kept.get(cron);
  if (!wallTimes) {
    const pattern = read(cron);
    wallTimes = (after) => pattern.nextRun(new Date(after))?.getTime();
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(cron, wallTimes);
  }
  return wallTimes;
}

/** True where every hour is meant: such a schedule follows the clock through its changes instead of naming times of day. */
export function isForEveryHour(cron: string): boolean {
  return ['*', '?', '*/1', '0-23'].includes(cronFields(cron)?.[2] ?? '');
}
