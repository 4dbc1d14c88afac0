import { systemClock } from '@crossdock/engine';
import { startEventTriggers } from '../event-triggers/index.ts';
import { startInbound } from '../inbound/index.ts';
import { type PollingContext, startPolling } from '../polling/index.ts';
import { type ScheduleContext, startSchedules } from '../schedule/index.ts';

/** The triggers that need no caller: schedules, subjects, events of orders and what asks other systems for changes. */
export interface Triggers {
  /** Starts no more, finishes what is in hand. May be called again. */
  stop(): Promise<void>;
}

/** Starts the schedules, subscriptions and looks of all deployments; every process that has them shares the work with the others. */
export function startTriggers(context: Omit<ScheduleContext, 'clock'> & PollingContext): Triggers {
  const schedules = startSchedules({ ...context, clock: systemClock });
  const inbound = startInbound(context);
  const polling = startPolling(context);
  const events = startEventTriggers(context);
  return {
    async stop() {
      await Promise.all([schedules.stop(), inbound.stop(), polling.stop(), events.stop()]);
    },
  };
}
