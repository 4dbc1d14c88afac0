import { writeCheckpoint } from './checkpoint.ts';
import type { Core } from './core.ts';
import { deadlineOf, type Execution } from './execution.ts';
import type { EnginePorts, ExecutionAddress, Lease } from './ports.ts';
import type { FrontierEntry, JournalSnapshot } from './records.ts';
import { timestamp } from './timestamp.ts';

/**
 * Puts an execution to sleep until its first waiting entry is due: journal, then timer, then ack. In this order a crash leaves an
 * unacked lease that finds `waiting` and arms the timer; in any other a timer may fire before its record and be dropped as stale.
 */
export async function suspend(core: Core, execution: Execution, lease: Lease): Promise<void> {
  const { frontier } = execution.snapshot;
  const wakeAt = timestamp(Math.min(earliestDue(frontier), deadlineOf(execution)));
  await writeCheckpoint(core.ports, execution, { status: 'waiting', lease: core.ports.newToken(), wakeAt });
  await armTimer(core.ports, execution.address, execution.snapshot);
  lease.ack();
}

/** Arms the timer that a waiting snapshot asks for; doing it again changes nothing. */
export async function armTimer(
  ports: Pick<EnginePorts, 'timers' | 'clock'>,
  address: ExecutionAddress,
  snapshot: JournalSnapshot,
): Promise<void> {
  const dueAt = snapshot.wakeAt ?? timestamp(ports.clock.now());
  await ports.timers.arm(address, { token: snapshot.lease, dueAt });
}

/** Marks as ready what the timer woke the execution for, by the record and not by this machine's clock. */
export function wake(snapshot: JournalSnapshot): void {
  for (const entry of snapshot.frontier) {
    if (entry.dueAt !== undefined && snapshot.wakeAt !== undefined && entry.dueAt <= snapshot.wakeAt)
      delete entry.dueAt;
  }
}

function earliestDue(frontier: readonly FrontierEntry[]): number {
  return Math.min(...frontier.map((entry) => (entry.dueAt === undefined ? 0 : Date.parse(entry.dueAt))));
}
