import { FlowError } from '@crossdock/errors';
import type { Clock, Lease } from './ports.ts';
import type { Slot, SlotGate } from './slots.ts';

/** The slot of one execution, given back while it only waits. Throws `SYSTEM_STOPPING` when the signal aborts. */
export interface HeldSlot {
  sleep(ms: number): Promise<void>;
  /** Waits without the slot, and idly as the bus sees it, for something that ends by itself. */
  during<T>(waiting: Promise<T>): Promise<T>;
  leave(): void;
}

export async function holdSlot(
  gate: SlotGate,
  clock: Clock,
  { lease, signal }: { lease: Pick<Lease, 'idle'>; signal: AbortSignal },
): Promise<HeldSlot> {
  const enter = (): Promise<Slot> => orStopping(gate.enter(signal));
  let slot = await enter();
  return {
    async sleep(ms) {
      slot.leave();
      await orStopping(clock.sleep(ms, signal));
      slot = await enter();
    },
    async during(waiting) {
      slot.leave();
      lease.idle?.(true);
      try {
        return await waiting;
      } finally {
        lease.idle?.(false);
        slot = await enter();
      }
    },
    leave: () => slot.leave(),
  };
}

async function orStopping<T>(waiting: Promise<T>): Promise<T> {
  try {
    return await waiting;
  } catch (cause) {
    throw new FlowError('SYSTEM_STOPPING', { cause });
  }
}
