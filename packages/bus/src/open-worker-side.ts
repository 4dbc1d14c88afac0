import type { Bus } from './bus.ts';
import { linkOf } from './connect.ts';
import { createDeadLetters } from './dead-letters.ts';
import { createJournal } from './journal.ts';
import { runLeases } from './lease-runner.ts';
import { createReplyPort } from './replies.ts';
import { createTimers } from './timers.ts';
import { createTrace } from './trace.ts';
import type { WorkerSide } from './worker-side.ts';

/** The engine's ports on a bus that `connectBus` made. */
export function openWorkerSide(bus: Bus): WorkerSide {
  const link = linkOf(bus);
  const trace = createTrace(link);
  return {
    journal: createJournal(link),
    timers: createTimers(link),
    trace,
    deadLetters: createDeadLetters(link),
    replies: createReplyPort(link),
    consumeLeases: (options, carry) => runLeases({ link, bus, blobs: bus.blobs }, options, carry),
    droppedTraces: () => trace.dropped(),
    async flush() {
      await trace.flush();
      if (link.isConnected()) await link.nc.flush().catch(() => undefined);
    },
  };
}
