import { systemClock } from '@crossdock/engine';
import { startInbound } from '../inbound/index.ts';
import { type ScheduleContext, startSchedules } from '../schedule/index.ts';

/** The triggers that need no caller: schedules and subjects. */
export interface Triggers {
  /** Starts no more, finishes what is in hand. May be called again. */
  stop(): Promise<void>;
}

/** Starts the schedules and subscriptions of all deployments; every process that has them shares the work with the others. */
export function startTriggers(context: Omit<ScheduleContext, 'clock'>): Triggers {
  const schedules = startSchedules({ ...context, clock: systemClock });
  const inbound = startInbound(context);
  return {
    async stop() {
      await Promise.all([schedules.stop(), inbound.stop()]);
    },
  };
}
