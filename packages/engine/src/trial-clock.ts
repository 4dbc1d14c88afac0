import type { Clock } from './ports.ts';
import { systemClock } from './system-clock.ts';

/** A clock that can be moved on. */
export interface TrialClock extends Clock {
  /** Moves on to this moment; an earlier one changes nothing. */
  skipTo(moment: number): void;
}

/**
 * Time of a run on trial: whoever sleeps is woken at once, and later by that much. `startsAt` freezes it in between, so that a test gives the
 * same on every day; left out, it goes on from now as time does. Limits of attempts count real time.
 */
export function createTrialClock(startsAt?: number): TrialClock {
  let skippedMs = 0;
  const now = (): number => (startsAt ?? systemClock.now()) + skippedMs;
  return {
    now,
    skipTo(moment) {
      skippedMs += Math.max(0, moment - now());
    },
    async sleep(ms, signal) {
      if (signal?.aborted) throw signal.reason;
      skippedMs += ms;
    },
    after: systemClock.after,
  };
}
