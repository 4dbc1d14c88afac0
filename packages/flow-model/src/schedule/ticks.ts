import { isForEveryHour, type WallTimes, wallTimesOf } from './cron.ts';
import { changeBetween, offsetAt } from './time-zone.ts';

/** When a schedule ticks. */
export interface Schedule {
  /** Five fields, or six with the second first; see `cronProblem`. */
  readonly cron: string;
  /** IANA name. Default UTC. */
  readonly timeZone?: string;
  /** What becomes of a time that the clock leaves out in spring. `once` (default): a tick right after. `skip`: none. */
  readonly dst?: 'once' | 'skip';
}

const DAY_MS = 86_400_000;
/** No zone ever put its clock further than a day (Samoa left one out), so no change matters from farther away. */
const REACH_MS = 2 * DAY_MS;

/**
 * The first tick after `after`, or undefined when none ever comes. A schedule that names hours ticks once for each time of day: where the
 * clock is put forward over it, right after (or not, by `dst`), and where the clock is put back and shows it twice, the first time. One for
 * every hour (`*`) follows the clock: what it leaves out is left out, what it shows twice ticks twice. Throws for a cron expression or
 * zone that is none (`cronProblem`, `timeZoneProblem`).
 */
export function nextTick(schedule: Schedule, after: Date): Date | undefined {
  const { cron, timeZone = 'UTC', dst = 'once' } = schedule;
  const tick = tickAfter(after.getTime(), wallTimesOf(cron), timeZone, {
    followsClock: isForEveryHour(cron),
    catchesGap: dst === 'once' && !isForEveryHour(cron),
  });
  return tick === undefined ? undefined : new Date(tick);
}

/** The ticks in (`after`, `until`], oldest first, `limit` of them at most. Throws as `nextTick` does. */
export function ticksBetween(schedule: Schedule, after: Date, until: Date, limit: number): Date[] {
  const ticks: Date[] = [];
  let tick = nextTick(schedule, after);
  while (tick !== undefined && tick <= until && ticks.length < limit) {
    ticks.push(tick);
    tick = nextTick(schedule, tick);
  }
  return ticks;
}

/** The newest tick in (`after`, `until`], however many there are. Throws as `nextTick` does. */
export function latestTick(schedule: Schedule, after: Date, until: Date): Date | undefined {
  // Looks back twice as far each time, so that it walks over no more than about the ticks it finds last.
  for (let spanMs = 1000; ; spanMs *= 2) {
    const from = new Date(Math.max(after.getTime(), until.getTime() - spanMs));
    const found = ticksBetween(schedule, from, until, Number.POSITIVE_INFINITY).at(-1);
    if (found !== undefined || from <= after) return found;
  }
}

interface Rule {
  /** Times shown twice tick twice. */
  followsClock: boolean;
  /** Times left out tick when the clock has passed them. */
  catchesGap: boolean;
}

function tickAfter(after: number, wallTimes: WallTimes, timeZone: string, rule: Rule): number | undefined {
  let from = after;
  let offset = offsetAt(timeZone, from);
  for (;;) {
    const wall = wallTimes(from + offset);
    if (wall === undefined) return undefined;
    const tick = wall - offset;
    if (tick - from > REACH_MS) {
      // Nothing ticks before, whatever the clock does until then; only changes near the tick matter.
      from = tick - REACH_MS / 2;
      offset = offsetAt(timeZone, from);
    } else if (offsetAt(timeZone, tick) === offset) {
      if (rule.followsClock || !wasShownBefore(tick, wall, timeZone)) return tick;
      from = tick;
    } else {
      const change = changeBetween(timeZone, { from, to: tick, offset });
      const offsetAfter = offsetAt(timeZone, change);
      const isLeftOut = wall < change + offsetAfter;
      if (isLeftOut && rule.catchesGap) return change;
      // On with the clock as it stands after the change, which itself may tick.
      from = change - 1;
      offset = offsetAfter;
    }
  }
}

/** Whether the clock showed the same time earlier, before it was put back. */
function wasShownBefore(tick: number, wall: number, timeZone: string): boolean {
  const offsetBefore = offsetAt(timeZone, tick - DAY_MS);
  const earlier = wall - offsetBefore;
  return earlier < tick && offsetAt(timeZone, earlier) === offsetBefore;
}
