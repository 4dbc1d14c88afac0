import { errorFromJson, FlowError, isFlowError } from '@crossdock/errors';
import { loadOutputs, needsTrigger } from './checkpoint.ts';
import { takeCommand } from './commands.ts';
import type { Core } from './core.ts';
import {
  type Execution,
  firstSnapshot,
  isTerminal,
  newExecution,
  opened,
  plannedNode,
  TRIGGER_REF,
} from './execution.ts';
import { fail } from './finish.ts';
import { startFrontier } from './frontier.ts';
import type { Plan } from './plan.ts';
import { type Claim, claimOf } from './poison.ts';
import type { Lease } from './ports.ts';
import type { JournalSnapshot, TriggerRecord } from './records.ts';
import { settleForeign } from './settle.ts';
import { addTriggerSpan } from './spans.ts';
import { wake } from './suspend.ts';

/** What a lease came to: settled already (with what the journal shows, as far as it was read), or an execution to carry on. */
export type Admission =
  | { settled: true; snapshot?: JournalSnapshot }
  | {
      settled: false;
      execution: Execution;
      /** What the redelivery says about crashes; undefined for a first delivery. */
      claim: Claim | undefined;
    };

/** A cancel command waits so many deliveries, a second apart, for whoever carries the execution to hear of it. */
const CANCEL_PATIENCE = 120;
const CANCEL_PAUSE_MS = 1_000;

/**
 * Decides what a lease means. A trigger's first delivery asks nobody: its first write expects an empty journal and so finds out.
 */
export async function admit(core: Core, lease: Lease): Promise<Admission> {
  const isFirst = lease.deliveryCount === 1 && lease.isOld !== true;
  if (lease.kind === 'trigger' && isFirst) return begin(core, lease, undefined);
  const found = await core.ports.journal.read(lease.address);
  if (!found) return admitUnknown(core, lease);
  const { snapshot } = found;
  if (lease.command?.type === 'cancel' && !isTerminal(snapshot) && snapshot.lease !== lease.token && !snapshot.asleep)
    return waitToCancel(lease, snapshot);
  if (lease.command && !isTerminal(snapshot) && snapshot.lease !== lease.token) {
    if (!(await takeCommand(core, lease, snapshot))) return { settled: true, snapshot };
    return resume(core, lease, found, undefined);
  }
  if (await settleForeign(core, lease, snapshot)) return { settled: true, snapshot };
  const claim = lease.deliveryCount > 1 ? claimOf(core, lease, snapshot) : undefined;
  if (snapshot.asleep) wake(snapshot);
  return resume(core, lease, found, claim);
}

/** The journal shows nothing: not begun, or so long over that its record has aged away. */
async function admitUnknown(core: Core, lease: Lease): Promise<Admission> {
  if (lease.command?.type === 'cancel') return waitToCancel(lease);
  if (lease.kind === 'trigger' && lease.isOld !== true) return begin(core, lease, claimOf(core, lease, undefined));
  if (lease.isOld) core.options.observer?.dropped?.(lease.address);
  lease.ack();
  return { settled: true };
}

/** Whoever carries the execution, or begins it, hears that it is to be cancelled; this only sees that it comes to that. */
function waitToCancel(lease: Lease, snapshot?: JournalSnapshot): Admission {
  if (lease.deliveryCount < CANCEL_PATIENCE && snapshot?.status !== 'compensating') lease.release(CANCEL_PAUSE_MS);
  else lease.ack();
  return { settled: true, ...(snapshot ? { snapshot } : {}) };
}

/** An execution without a plan, only fit to be failed: for a flow that cannot be planned, or trouble before there is a plan. */
export async function admitBare(core: Core, lease: Lease): Promise<Admission> {
  const found = await core.ports.journal.read(lease.address);
  const parts = { plan: undefined, ...(found ?? { version: 0 }) };
  const bare = (snapshot: JournalSnapshot): Admission => ({
    settled: false,
    execution: newExecution(core.ports, lease.address, { ...parts, snapshot }),
    claim: undefined,
  });
  if (found) {
    if (await settleForeign(core, lease, found.snapshot)) return { settled: true, snapshot: found.snapshot };
    return bare(found.snapshot);
  }
  const record = await lease.trigger?.();
  return record ? bare(snapshotFor(core, lease, record)) : { settled: true };
}

async function begin(core: Core, lease: Lease, claim: Claim | undefined): Promise<Admission> {
  const { ports } = core;
  if (!lease.trigger)
    throw new FlowError('SYSTEM_UNEXPECTED', { details: { reason: 'the trigger lease has no trigger' } });
  const record = await lease.trigger();
  const execution = await withPlan(core, lease, { snapshot: snapshotFor(core, lease, record), version: 0 });
  if (isTerminal(execution.snapshot)) return { settled: true, snapshot: execution.snapshot };
  const trigger = plannedNode(execution, record.nodeId);
  if (record.refused) {
    const failure = { error: errorFromJson(record.refused), nodeId: record.nodeId };
    addTriggerSpan(ports, execution, trigger, { edges: [], error: failure.error });
    await fail(core, execution, lease, failure);
    return { settled: true, snapshot: execution.snapshot };
  }
  if (record.seed) startFromSeed(execution, record.seed);
  addTriggerSpan(ports, execution, trigger, { edges: record.seed ? [] : startFrontier(execution, trigger) });
  return { settled: false, execution, claim };
}

/**
 * Reads the payloads an execution goes on with. Only after a redelivery is recorded: a payload may be what killed the worker before.
 * What carries an execution of which only the trigger knows the payload is that trigger, or speaks for it.
 */
export async function loadPayloads(core: Core, execution: Execution, lease: Lease): Promise<void> {
  const { ports } = core;
  await loadOutputs(ports, execution);
  if (execution.payloads.has(TRIGGER_REF)) return;
  const isNeeded = execution.version === 0 || needsTrigger(execution);
  // Where nodes do not need it, its masked values are to be known all the same.
  const record = isNeeded || execution.plan?.mask.length ? await lease.trigger?.() : undefined;
  if (!record && !isNeeded) return;
  if (!record) throw new FlowError('SYSTEM_UNEXPECTED', { details: { reason: 'the payload of the trigger is gone' } });
  const payload = record.payloadBlob === undefined ? record.payload : await blobPayload(core, record.payloadBlob);
  execution.payloads.set(TRIGGER_REF, opened(ports, execution, payload));
}

function snapshotFor(core: Core, { lane, triggerSeq: seq = 0 }: Lease, record: TriggerRecord): JournalSnapshot {
  return firstSnapshot(record, { seq, lane, now: core.ports.clock.now() });
}

/** A replay from inside the flow begins with what the execution it replays had come to. */
function startFromSeed(
  execution: Execution,
  { frontier, outputs, nodeOutputs, effects, splits, joined }: NonNullable<TriggerRecord['seed']>,
): void {
  const { snapshot } = execution;
  Object.assign(snapshot, { frontier, outputs, nodeOutputs });
  if (effects) snapshot.effects = effects;
  if (splits) snapshot.splits = splits;
  if (joined) snapshot.joined = joined;
  if (frontier.some(({ undoes }) => undoes)) snapshot.status = 'compensating';
}

async function resume(
  core: Core,
  lease: Lease,
  found: { snapshot: JournalSnapshot; version: number },
  claim: Claim | undefined,
): Promise<Admission> {
  const execution = await withPlan(core, lease, found);
  if (isTerminal(execution.snapshot)) return { settled: true, snapshot: execution.snapshot };
  return { settled: false, execution, claim };
}

/** Plans the execution's revision; one that cannot be planned fails right here, as no redelivery would mend it. */
async function withPlan(
  core: Core,
  lease: Lease,
  state: { snapshot: JournalSnapshot; version: number },
): Promise<Execution> {
  const { flowId, revision } = state.snapshot;
  try {
    const plan = await core.plans.get(flowId, revision);
    checkNodes(plan, state.snapshot);
    return newExecution(core.ports, lease.address, { plan, ...state });
  } catch (error) {
    if (!isFlowError(error) || !error.code.startsWith('FLOW_')) throw error;
    const bare = newExecution(core.ports, lease.address, { plan: undefined, ...state });
    await fail(core, bare, lease, { error });
    return bare;
  }
}

function checkNodes(plan: Plan, { trigger, frontier }: JournalSnapshot): void {
  const missing = [trigger.nodeId, ...frontier.map((entry) => entry.nodeId)].find((nodeId) => !plan.nodes.has(nodeId));
  if (missing !== undefined) throw new FlowError('FLOW_EDGE_DANGLING', { details: { node: missing } });
}

async function blobPayload(core: Core, ref: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await core.ports.blobs.get(ref)));
}
