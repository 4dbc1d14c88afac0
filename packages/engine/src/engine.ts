import { FlowError } from '@crossdock/errors';
import { admit, loadPayloads } from './admit.ts';
import { createBreakers } from './breakers.ts';
import { cancelExecution, cancelledBy } from './cancel.ts';
import { writeCheckpoint } from './checkpoint.ts';
import type { Core } from './core.ts';
import type { Engine, EngineOptions } from './engine-options.ts';
import { type Execution, isTerminal } from './execution.ts';
import { runToSettlement } from './executor.ts';
import { type HeldSlot, holdSlot } from './held-slot.ts';
import { Interrupt, stoppingOf } from './interrupt.ts';
import { type CarriedHead, claimHead, type LaneHead, leaseForHead, leaveBehind } from './lanes.ts';
import { ranBeside } from './large.ts';
import { createPlanCache } from './plan-cache.ts';
import { type Claim, claimRedelivery } from './poison.ts';
import type { EnginePorts, LaneAddress, Lease } from './ports.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { createRecentSet } from './recent-set.ts';
import type { JournalSnapshot } from './records.ts';
import { holdLease, type Settling, settleLease } from './settling.ts';
import { createSlotGate } from './slots.ts';
import { handleTrouble } from './trouble.ts';

const DEFAULT_SLOTS = 64;
const TROUBLE_PAUSE_MS = 1_000;

/** Makes the engine that carries executions on; its rules and what each crash leaves are in `ARCHITECTURE.md`. */
export function createEngine(ports: EnginePorts, options: EngineOptions = {}): Engine {
  return engineOf(createCore(ports, options));
}

export function createCore(ports: EnginePorts, options: EngineOptions, trial?: Core['trial']): Core {
  return {
    ports,
    options,
    plans: createPlanCache(ports),
    gate: createSlotGate(options.slots ?? DEFAULT_SLOTS, ports.clock),
    breakers: createBreakers(ports),
    rates: createRateLimiter(ports),
    givenBack: createRecentSet(),
    ...(trial ? { trial } : {}),
  };
}

/** What carrying one execution came to. */
interface Carried {
  settling: Settling;
  /** What the journal shows now, as far as this run knows. */
  snapshot?: JournalSnapshot;
}

export function engineOf(core: Core): Engine {
  const carried = new Map<string, Promise<unknown>>();

  return {
    async carry(lease, signal) {
      settleLease(lease, await carryLease(lease, signal).catch((thrown) => troubleOf(lease, thrown)));
    },
    busySlots: () => core.gate.busy(),
  };

  /** A trigger of a lane drives the lane; whatever ends an execution of a lane goes on with the next one. */
  async function carryLease(lease: Lease, signal: AbortSignal): Promise<Settling> {
    const { env, flowId, executionId } = lease.address;
    if (lease.command?.type === 'drain') return driveLane({ env, flowId, lane: lease.command.lane }, lease, signal);
    if (lease.kind === 'trigger' && lease.lane !== undefined && !core.options.alone)
      return driveLane({ env, flowId, lane: lease.lane }, lease, signal);
    const { settling, snapshot } = await alone(lease, signal);
    const lane = snapshot?.trigger.lane;
    if (settling.kind !== 'acked' || lane === undefined || !snapshot || !isTerminal(snapshot) || core.options.alone)
      return settling;
    return driveLane({ env, flowId, lane }, lease, signal, { ended: { executionId } });
  }

  async function driveLane(
    lane: LaneAddress,
    lease: Lease,
    signal: AbortSignal,
    before?: CarriedHead,
  ): Promise<Settling> {
    let known = before;
    for (;;) {
      if (signal.aborted) return { kind: 'released', delayMs: 0 };
      const head = await claimHead(core, lane, lease, known);
      if (!head) return { kind: 'acked' };
      if (head === 'later') return { kind: 'released', delayMs: TROUBLE_PAUSE_MS };
      const { executionId } = head.queued;
      const { settling, snapshot } = await alone(lease, signal, leaseForHead(lease, lane.lane, head));
      if (settling.kind !== 'acked') return settling;
      known =
        snapshot && isTerminal(snapshot) ? { ended: { executionId, head } } : await asleep(lane, lease, head, snapshot);
    }
  }

  async function asleep(
    lane: LaneAddress,
    lease: Lease,
    head: LaneHead,
    snapshot: JournalSnapshot | undefined,
  ): Promise<CarriedHead> {
    const { executionId } = head.queued;
    const isPassed = snapshot?.asleep && (await core.plans.get(lane.flowId, snapshot.revision)).passesSleepers;
    const left = isPassed ? await leaveBehind(core, lane, lease, head) : undefined;
    return left ? { ended: { executionId, head: left } } : { asleep: executionId };
  }

  /** Two leases of one execution meet in one process when a timer fires before the ack that follows it, or when a lease ran out. */
  async function alone(lease: Lease, signal: AbortSignal, as?: Partial<Lease>): Promise<Carried> {
    const executionId = as?.address?.executionId ?? lease.address.executionId;
    for (let other = carried.get(executionId); other; other = carried.get(executionId)) await other;
    const mine = carryOne(core, lease, signal, as);
    carried.set(executionId, mine);
    try {
      return await mine;
    } finally {
      carried.delete(executionId);
    }
  }

  function troubleOf(lease: Lease, thrown: unknown): Settling {
    const error = thrown instanceof FlowError ? thrown : new FlowError('SYSTEM_UNEXPECTED', { cause: thrown });
    core.options.observer?.troubled?.({ address: lease.address, error: { code: error.code, message: error.message } });
    return { kind: 'released', delayMs: TROUBLE_PAUSE_MS };
  }
}

/** Carries one execution under a lease (which may speak `as` another) until it ends, sleeps or is lost. Never throws. */
async function carryOne(core: Core, given: Lease, signal: AbortSignal, as?: Partial<Lease>): Promise<Carried> {
  const { lease, settling } = holdLease(given, as);
  const stopping = stoppingOf(signal);
  const cancelled = new Interrupt();
  const cancel = (by: string): void => cancelled.raise(cancelledBy(by));
  let execution: Execution | undefined;
  let snapshot: JournalSnapshot | undefined;
  let endHearing = (): void => undefined;
  const forget = core.ports.seal.hold(lease.address.executionId);
  try {
    const slot = await holdSlot(core.gate, core.ports.clock, { lease, signal });
    try {
      const admission = await admit(core, lease);
      if (admission.settled)
        return { settling: settling(), ...(admission.snapshot ? { snapshot: admission.snapshot } : {}) };
      execution = admission.execution;
      const { executionId } = lease.address;
      endHearing = core.ports.cancels.onWanted(executionId, cancel);
      const by = lease.command?.type === 'cancel' ? lease.command.by : core.ports.cancels.wanted(executionId);
      if (by !== undefined) cancel(by);
      if (await isToBeRun(core, execution, { lease, admission, signal, slot, by }))
        await runToSettlement(core, { execution, lease, slot, stopping, cancelled });
      snapshot = execution.snapshot;
    } finally {
      slot.leave();
    }
  } catch (thrown) {
    snapshot = await handleTrouble(core, lease, execution, thrown);
  } finally {
    endHearing();
    forget();
  }
  return { settling: settling(), ...(snapshot ? { snapshot } : {}) };
}

/** Makes the execution this lease's own, and ends it right here where that is wanted; false when nothing is left to run. */
async function isToBeRun(
  core: Core,
  execution: Execution,
  {
    lease,
    admission,
    signal,
    slot,
    by,
  }: {
    lease: Lease;
    admission: { claim: Claim | undefined };
    signal: AbortSignal;
    slot: HeldSlot;
    by: string | undefined;
  },
): Promise<boolean> {
  const { claim } = admission;
  if (claim && !(await claimRedelivery(core, execution, { lease, claim, signal, slot }))) return false;
  if (await ranBeside(core, execution, { lease, signal, slot })) return false;
  // Its timer, what it waits for and a person may all wake it at once: whose write is first carries it on, before anything is called.
  if (execution.snapshot.asleep) await writeCheckpoint(core.ports, execution, { lease: lease.token, begun: true });
  await loadPayloads(core, execution, lease);
  if (by === undefined || execution.snapshot.status === 'compensating') return true;
  return !(await cancelExecution(core, execution, lease, by));
}
