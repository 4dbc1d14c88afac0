import { runTimedOut } from './attempt.ts';
import { cancelExecution } from './cancel.ts';
import type { Core } from './core.ts';
import { deadlineOf } from './execution.ts';
import { fail, succeed } from './finish.ts';
import { nextReady } from './frontier.ts';
import { type Carrying, workAtNode } from './node-work.ts';
import { suspend } from './suspend.ts';

/**
 * Runs an execution from node to node until it ends or must wait, and settles its lease. A failure or a cancellation with effects to undo
 * is not the end: they are undone first. Throws what `JournalPort.write` throws and `SYSTEM_STOPPING` when the process stops; the lease is
 * then neither acked nor released.
 */
export async function runToSettlement(core: Core, carrying: Carrying): Promise<void> {
  const { execution, lease, stopping, cancelled } = carrying;
  const cancel = (): Promise<boolean> => {
    const by = String(cancelled.reason?.details.by ?? '');
    return cancelExecution(core, execution, lease, by);
  };
  for (;;) {
    if (stopping.reason) throw stopping.reason;
    const isUndoing = execution.snapshot.status === 'compensating';
    if (cancelled.reason && !isUndoing) {
      if (await cancel()) return;
      continue;
    }
    const [first] = execution.snapshot.frontier;
    if (!first) return succeed(core, execution, lease);
    if (core.trial?.isOver(execution)) return suspend(core, execution, lease);
    const now = core.ports.clock.now();
    if (now >= deadlineOf(execution)) {
      if (await fail(core, execution, lease, { error: runTimedOut(execution), nodeId: first.nodeId })) return;
      continue;
    }
    const entry = nextReady(execution, now);
    if (!entry) return suspend(core, execution, lease);
    const outcome = await workAtNode(core, carrying, entry);
    if (outcome.kind !== 'failed') continue;
    if (await fail(core, execution, lease, { error: outcome.error, nodeId: entry.nodeId })) return;
  }
}
