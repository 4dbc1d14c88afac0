import { type FlowError, isFlowError, toFlowError } from '@crossdock/errors';
import { admitBare } from './admit.ts';
import { writeCheckpoint } from './checkpoint.ts';
import type { Core } from './core.ts';
import { type Execution, redactedError } from './execution.ts';
import { fail } from './finish.ts';
import type { Lease } from './ports.ts';
import type { JournalSnapshot } from './records.ts';
import { isOurTrouble } from './retry-policy.ts';
import { settleForeign } from './settle.ts';
import { closeSpan } from './spans.ts';

/** An unexpected error of the engine or a port ends the execution at this delivery, so that no defect turns for ever. */
const LAST_DELIVERY = 5;
const BUS_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const ACK_WAIT_MS = 8_000;

/** Settles a lease that could not be carried, by what went wrong; gives what the journal shows, where it was read. Never throws. */
export async function handleTrouble(
  core: Core,
  lease: Lease,
  execution: Execution | undefined,
  thrown: unknown,
): Promise<JournalSnapshot | undefined> {
  const error = toFlowError(thrown);
  if (error.code === 'SYSTEM_LEASE_LOST') return settleIfOver(core, lease);
  core.options.observer?.troubled?.({ address: lease.address, error: redactedError(core.ports, lease, error) });
  if (error.code === 'SYSTEM_STOPPING') await stop(core, lease, execution);
  else if (isOurTrouble(error)) giveBack(core, lease, BUS_PAUSE_MS * (1 + 2 * core.ports.random()));
  else if (lease.deliveryCount < LAST_DELIVERY) giveBack(core, lease, pauseFor(lease));
  else return failWith(core, lease, error);
  return undefined;
}

async function failWith(core: Core, lease: Lease, error: FlowError): Promise<JournalSnapshot | undefined> {
  try {
    const bare = await admitBare(core, lease);
    if (bare.settled) return bare.snapshot;
    await fail(core, bare.execution, lease, { error });
    return bare.execution.snapshot;
  } catch (again) {
    if (!isFlowError(again, 'SYSTEM_LEASE_LOST')) giveBack(core, lease, LONGEST_PAUSE_MS);
    return undefined;
  }
}

/**
 * Another writer was first. If it brought the execution to an end or to sleep, this lease is over too; if it is still at work under the
 * same lease, that lease is its to ack, and what cannot be read now is redelivered when the lease runs out.
 */
async function settleIfOver(core: Core, lease: Lease): Promise<JournalSnapshot | undefined> {
  try {
    const found = await core.ports.journal.read(lease.address);
    if (found && (await settleForeign(core, lease, found.snapshot))) return found.snapshot;
  } catch {
    // What cannot be read now is redelivered when the lease runs out.
  }
  // Ending without a word would look like a crash to the process that started this one.
  if (core.options.alone) lease.release(ACK_WAIT_MS);
  return undefined;
}

/** A record of where it stood keeps the attempts made and shows that nothing crashed. */
async function stop(core: Core, lease: Lease, execution: Execution | undefined): Promise<void> {
  try {
    if (execution) await recordStop(core, execution);
    else core.givenBack.add(lease.address.executionId);
    lease.release(0);
  } catch (error) {
    if (!isFlowError(error, 'SYSTEM_LEASE_LOST')) giveBack(core, lease, 0);
  }
}

async function recordStop(core: Core, execution: Execution): Promise<void> {
  for (const span of execution.snapshot.spans)
    if (span.status === 'running') closeSpan(core, execution, span, { status: 'interrupted' });
  await writeCheckpoint(core.ports, execution);
}

function giveBack(core: Core, lease: Lease, pauseMs: number): void {
  core.givenBack.add(lease.address.executionId);
  lease.release(pauseMs);
}

function pauseFor(lease: Lease): number {
  return Math.min(LONGEST_PAUSE_MS, BUS_PAUSE_MS * 2 ** lease.deliveryCount);
}
