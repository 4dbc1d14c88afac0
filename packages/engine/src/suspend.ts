import { writeCheckpoint } from './checkpoint.ts';
import type { Core } from './core.ts';
import { deadlineOf, type Execution } from './execution.ts';
import { observeSettled } from './observe.ts';
import type { EnginePorts, ExecutionAddress, Lease } from './ports.ts';
import type { FrontierEntry, JournalSnapshot } from './records.ts';
import { timeOf, timestamp } from './timestamp.ts';
import { eventQuery, hasArrived } from './wait-arrivals.ts';

const FAR_MS = 365 * 86_400_000;

/**
 * Puts an execution to sleep until something that it waits for comes: journal, then whatever will wake it, then ack. In this order a crash
 * leaves an unacked lease that finds `asleep` and arms again; in any other a timer may fire before its record and be dropped as stale.
 */
export async function suspend(core: Core, execution: Execution, lease: Lease): Promise<void> {
  const { frontier, status } = execution.snapshot;
  const isInDoubt = frontier.some(({ wait }) => wait?.kind === 'doubt');
  const due = Math.min(...frontier.map(dueTimeOf), isInDoubt ? Number.POSITIVE_INFINITY : deadlineOf(execution));
  const asleepAs = isInDoubt ? 'in-doubt' : 'waiting';
  await writeCheckpoint(core.ports, execution, {
    status: status === 'compensating' ? status : asleepAs,
    lease: core.ports.newToken(),
    asleep: true,
    ...(Number.isFinite(due) ? { wakeAt: timestamp(due) } : {}),
  });
  observeSettled(core, execution);
  await armWakeUps(core.ports, execution.address, execution.snapshot);
  lease.ack();
}

/**
 * Sees that a sleeping execution is woken: by its timer, by the events it expects. What came before anyone listened is found by looking
 * afterwards, and rung for. Doing it all again changes nothing.
 */
export async function armWakeUps(
  ports: Pick<EnginePorts, 'timers' | 'clock' | 'events' | 'children' | 'commands' | 'seal'>,
  address: ExecutionAddress,
  snapshot: JournalSnapshot,
): Promise<void> {
  const { wakeAt, lease: token, frontier } = snapshot;
  if (wakeAt !== undefined) await ports.timers.arm(address, { token, dueAt: wakeAt });
  const until = wakeAt ?? timestamp(ports.clock.now() + FAR_MS);
  const waiting = frontier.filter(({ wait }) => wait?.kind === 'event' || wait?.kind === 'children');
  for (const { wait } of waiting) {
    if (wait?.kind === 'event') await ports.events.expect(address, { ...eventQuery(ports, address, wait), until });
  }
  for (const entry of waiting) {
    if (!(await hasArrived(ports, address, entry))) continue;
    await ports.commands.send(address, { type: 'bell' });
    return;
  }
}

/** Marks as ready what the timer woke the execution for, by the record and not by this machine's clock. */
export function wake(snapshot: JournalSnapshot): void {
  for (const entry of snapshot.frontier) {
    if (entry.dueAt === undefined || snapshot.wakeAt === undefined || entry.dueAt > snapshot.wakeAt) continue;
    delete entry.dueAt;
    entry.timedOut = true;
  }
}

function dueTimeOf({ dueAt }: FrontierEntry): number {
  return dueAt === undefined ? Number.POSITIVE_INFINITY : timeOf(dueAt);
}
