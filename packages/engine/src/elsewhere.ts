import type { Core } from './core.ts';
import type { AloneOutcome } from './engine-options.ts';
import type { Execution } from './execution.ts';
import type { HeldSlot } from './held-slot.ts';
import type { Lease } from './ports.ts';
import { holdLease, settleLease } from './settling.ts';

/**
 * Lets another process run the execution under this lease. What became of it is read before the lease is settled: whoever ends one of a lane
 * goes on with the next. Throws as `JournalPort.read` does; the lease is then as it was, and its redelivery finds what became of it.
 */
export async function runElsewhere(
  core: Core,
  execution: Execution,
  { lease, signal, slot }: { lease: Lease; signal: AbortSignal; slot: HeldSlot },
  run: (lease: Lease, signal: AbortSignal) => Promise<AloneOutcome>,
): Promise<AloneOutcome> {
  const held = holdLease(lease);
  const outcome = await slot.during(run(held.lease, signal));
  const settling = held.settling();
  if (settling.kind === 'acked') {
    const found = await core.ports.journal.read(lease.address);
    if (found) Object.assign(execution, found);
  }
  settleLease(lease, settling);
  return outcome;
}
