import { FlowError } from '@crossdock/errors';
import { writeCheckpoint } from './checkpoint.ts';
import type { Core } from './core.ts';
import { runElsewhere } from './elsewhere.ts';
import { type Execution, newExecution, plannedNode } from './execution.ts';
import { fail } from './finish.ts';
import type { HeldSlot } from './held-slot.ts';
import type { Lease } from './ports.ts';
import type { JournalSnapshot } from './records.ts';
import { settleForeign } from './settle.ts';
import { addInterruptedSpan } from './spans.ts';

/** After so many crashes in a row an execution runs in a process of its own. */
export const CRASHES_BEFORE_ALONE = 2;
/** After so many it is condemned where no process of its own can be had. */
export const CRASHES_BEFORE_CONDEMNED = 5;

/** What a redelivery says: `crashes` in a row without a record, this one included. */
export interface Claim {
  crashes: number;
}

/**
 * Reads a redelivery. It counts as a crash when the delivery before it left no record: the journal is empty, still sleeps under this very
 * lease, or shows the last redelivery's claim. What this process gave back itself does not count.
 */
export function claimOf(core: Core, lease: Lease, snapshot: JournalSnapshot | undefined): Claim | undefined {
  if (core.options.alone) return undefined;
  const before = snapshot?.crashes ?? 0;
  if (core.givenBack.take(lease.address.executionId)) return { crashes: before };
  const leftNoRecord = snapshot === undefined || snapshot.asleep === true || snapshot.begun === true;
  return { crashes: leftNoRecord ? before + 1 : 0 };
}

/**
 * Records a redelivery before its payloads are read and it runs, so that the next one can tell whether this one died. Gives false when the lease is settled:
 * the execution ran in a process of its own, or was condemned.
 */
export async function claimRedelivery(
  core: Core,
  execution: Execution,
  { lease, claim, signal, slot }: { lease: Lease; claim: Claim; signal: AbortSignal; slot: HeldSlot },
): Promise<boolean> {
  const { crashes } = claim;
  const { frontier } = execution.snapshot;
  const [entry] = frontier;
  // Whoever had it before may have called and left no record.
  for (const each of frontier)
    if (each.dueAt === undefined && plannedNode(execution, each.nodeId).manifest.effect === 'keyed')
      each.unclear = true;
  if (entry && crashes > execution.snapshot.crashes)
    addInterruptedSpan(core, execution, plannedNode(execution, entry.nodeId), entry);
  const { runAlone } = core.options;
  if (!runAlone && crashes >= CRASHES_BEFORE_CONDEMNED) {
    await condemn(core, execution, lease, crashes);
    return false;
  }
  await writeCheckpoint(core.ports, execution, { begun: true, crashes });
  if (!runAlone || crashes < CRASHES_BEFORE_ALONE) return true;
  if ((await runElsewhere(core, execution, { lease, signal, slot }, runAlone)) === 'settled') return false;
  if (signal.aborted) throw new FlowError('SYSTEM_STOPPING');
  await condemnUnlessSettled(core, execution, lease, crashes + 1);
  return false;
}

/** The process of its own died; it may have ended the execution, or put it to sleep, before. */
async function condemnUnlessSettled(core: Core, execution: Execution, lease: Lease, crashes: number): Promise<void> {
  const found = await core.ports.journal.read(lease.address);
  if (found && found.version !== execution.version) {
    if (await settleForeign(core, lease, found.snapshot)) return;
    await condemn(core, newExecution(core.ports, lease.address, { plan: execution.plan, ...found }), lease, crashes);
    return;
  }
  await condemn(core, execution, lease, crashes);
}

/** Its effects are not undone: who killed workers is not to run again. A replay from the failed step can do that. */
async function condemn(core: Core, execution: Execution, lease: Lease, crashes: number): Promise<void> {
  const nodeId = execution.snapshot.frontier[0]?.nodeId;
  const error = new FlowError('RUN_CRASHED', { details: { crashes } });
  await fail(core, execution, lease, { error, crashes, undo: false, ...(nodeId === undefined ? {} : { nodeId }) });
}
