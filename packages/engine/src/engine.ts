import { admit } from './admit.ts';
import type { Core } from './core.ts';
import type { Engine, EngineOptions } from './engine-options.ts';
import type { Execution } from './execution.ts';
import { runToSettlement } from './executor.ts';
import { holdSlot } from './held-slot.ts';
import { createPlanCache } from './plan-cache.ts';
import { claimRedelivery } from './poison.ts';
import type { EnginePorts, Lease } from './ports.ts';
import { createRecentSet } from './recent-set.ts';
import { createSlotGate } from './slots.ts';
import { handleTrouble } from './trouble.ts';

const DEFAULT_SLOTS = 64;

/** Makes the engine that carries executions on; its rules and what each crash leaves are in `ARCHITECTURE.md`. */
export function createEngine(ports: EnginePorts, options: EngineOptions = {}): Engine {
  return engineOf(createCore(ports, options));
}

export function createCore(ports: EnginePorts, options: EngineOptions, simulate?: Core['simulate']): Core {
  return {
    ports,
    options,
    plans: createPlanCache(ports),
    gate: createSlotGate(options.slots ?? DEFAULT_SLOTS, ports.clock),
    givenBack: createRecentSet(),
    ...(simulate ? { simulate } : {}),
  };
}

export function engineOf(core: Core): Engine {
  const carried = new Map<string, Promise<void>>();
  return {
    // Two leases of one execution meet in one process when a timer fires before the ack that follows it, or when a lease ran out.
    async carry(lease, signal) {
      const { executionId } = lease.address;
      for (let other = carried.get(executionId); other; other = carried.get(executionId)) await other;
      const mine = carryOne(core, lease, signal);
      carried.set(executionId, mine);
      try {
        await mine;
      } finally {
        carried.delete(executionId);
      }
    },
    busySlots: () => core.gate.busy(),
  };
}

async function carryOne(core: Core, lease: Lease, signal: AbortSignal): Promise<void> {
  let execution: Execution | undefined;
  try {
    const slot = await holdSlot(core.gate, core.ports.clock, signal);
    try {
      const admission = await admit(core, lease);
      if (!admission) return;
      execution = admission.execution;
      const { claim } = admission;
      if (claim && !(await claimRedelivery(core, execution, { lease, claim, signal }))) return;
      await runToSettlement(core, { execution, lease, slot, signal });
      observeSettled(core, execution);
    } finally {
      slot.leave();
    }
  } catch (thrown) {
    await handleTrouble(core, lease, execution, thrown);
  }
}

function observeSettled(core: Core, { address, snapshot }: Execution): void {
  const durationMs = core.ports.clock.now() - Date.parse(snapshot.trigger.receivedAt);
  core.options.observer?.settled?.({ address, status: snapshot.status, durationMs });
}
