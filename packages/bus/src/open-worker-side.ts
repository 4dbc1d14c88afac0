import type { Bus } from './bus.ts';
import { createChildren } from './children.ts';
import { partsOf } from './connect.ts';
import { createDeadLetters } from './dead-letters.ts';
import { runEventRelay } from './event-relay.ts';
import { createJournal } from './journal.ts';
import { createLanes } from './lanes.ts';
import { runLeases } from './lease-runner.ts';
import { createMessages } from './messages.ts';
import { RECONCILER_TIMES, type ReconcilerTimes, startReconciler } from './reconciler.ts';
import { createReplyPort } from './replies.ts';
import type { LaneCursors } from './sweep-lanes.ts';
import { sweepTriggers } from './sweep-triggers.ts';
import { createTimers } from './timers.ts';
import { createTrace } from './trace.ts';
import { type TurnTimes, takeTurns } from './turns.ts';
import type { WorkerSide } from './worker-side.ts';

/** How often one of the workers sees that the trigger store has room. */
const SWEEP_TIMES: TurnTimes = { firstAfterMs: 30_000, intervalMs: 30_000 };

export interface WorkerSideOptions {
  /** For tests; see `RECONCILER_TIMES`. */
  reconciler?: Partial<ReconcilerTimes>;
}

/** The engine's ports on a bus that `connectBus` made. */
export function openWorkerSide(bus: Bus, options: WorkerSideOptions = {}): WorkerSide {
  const { link, limits, cancels, guards, events } = partsOf(bus);
  const trace = createTrace(link);
  const messages = createMessages(link);
  let repairs = 0;
  let oldTriggers = 0;
  return {
    journal: createJournal(link, limits.journalRecords),
    timers: createTimers(link),
    trace,
    deadLetters: createDeadLetters(link),
    replies: createReplyPort(link),
    lanes: createLanes(link, bus.blobs),
    children: createChildren(link, bus.blobs),
    events,
    commands: bus.commands,
    cancels,
    guards,
    messages: () => messages,
    async consumeLeases(leases, carry) {
      const relay = await runEventRelay(link);
      const runner = await runLeases({ link, bus, onOld: () => void oldTriggers++ }, leases, carry).catch(
        async (error: unknown) => {
          await relay.stop();
          throw error;
        },
      );
      const reconciler = startReconciler(link, { ...RECONCILER_TIMES, ...options.reconciler }, () => void repairs++);
      const cursors: LaneCursors = new Map();
      const sweeper = takeTurns(link, 'sweeper', SWEEP_TIMES, (isStopping) =>
        sweepTriggers(link, { cursors, isStopping }),
      );
      return {
        inFlight: runner.inFlight,
        // Leases first: what still runs may emit events that others wait for.
        async stop(graceMs) {
          await runner.stop(graceMs);
          await Promise.all([relay.stop(), reconciler.stop(), sweeper.stop()]);
        },
      };
    },
    repairs: () => repairs,
    oldTriggers: () => oldTriggers,
    droppedTraces: () => trace.dropped(),
    async flush() {
      await trace.flush();
      if (link.isConnected()) await link.nc.flush().catch(() => undefined);
    },
  };
}
