import { latestTick, nextTick, type Schedule } from '@crossdock/flow-model';

/** What decides about the ticks of one schedule. */
export interface TickRules {
  readonly schedule: Schedule;
  /** Of ticks that passed while nobody was there: run each in turn, run the newest alone, or none. */
  readonly catchUp: 'all' | 'last' | 'none';
  /** Ticks missed longer ago are let go. */
  readonly maxLatenessMs: number;
}

/** As late as a tick may be without having been missed: the bus may change its leader, a process may start. */
export const ON_TIME_MS = 30_000;

/** How late a tick may be run. */
export function allowedLateness({ catchUp, maxLatenessMs }: TickRules): number {
  return catchUp === 'none' ? ON_TIME_MS : Math.max(ON_TIME_MS, maxLatenessMs);
}

/**
 * The tick to run next after `afterMs`: one that is due by now, or else the next to come, if one ever does. Milliseconds since 1970. Throws
 * as `nextTick` does.
 */
export function dueTick(rules: TickRules, afterMs: number, nowMs: number): number | undefined {
  const { schedule, catchUp } = rules;
  // A tick exactly as late as may be still runs.
  const from = new Date(Math.max(afterMs, nowMs - allowedLateness(rules) - 1));
  const newest = catchUp === 'last' ? latestTick(schedule, from, new Date(nowMs)) : undefined;
  return (newest ?? nextTick(schedule, from))?.getTime();
}
