import { FlowError } from '@crossdock/errors';
import type { Core } from './core.ts';
import { runElsewhere } from './elsewhere.ts';
import type { Execution } from './execution.ts';
import type { HeldSlot } from './held-slot.ts';
import type { Lease } from './ports.ts';

/** From this size of its trigger's payload on, in bytes of JSON, an execution runs beside the others: nobody waits while it is parsed. */
export const LARGE_PAYLOAD_BYTES = 1024 * 1024;

/**
 * Runs an execution with a large payload in the process for such, where there is one; gives false when it was none. That process may die of it, or of
 * another in it: the lease then goes back without a word, so that its next delivery counts a crash.
 */
export async function ranBeside(
  core: Core,
  execution: Execution,
  { lease, signal, slot }: { lease: Lease; signal: AbortSignal; slot: HeldSlot },
): Promise<boolean> {
  const { runBeside } = core.options;
  const { payloadBytes = 0 } = execution.snapshot.trigger;
  if (!runBeside || payloadBytes < LARGE_PAYLOAD_BYTES) return false;
  if ((await runElsewhere(core, execution, { lease, signal, slot }, runBeside)) === 'settled') return true;
  if (signal.aborted) throw new FlowError('SYSTEM_STOPPING');
  lease.release(0);
  return true;
}
