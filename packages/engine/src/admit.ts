import { FlowError, isFlowError } from '@crossdock/errors';
import { loadOutputs } from './checkpoint.ts';
import type { Core } from './core.ts';
import { type Execution, firstSnapshot, newExecution, opened, plannedNode, TRIGGER_REF } from './execution.ts';
import { fail } from './finish.ts';
import { startFrontier } from './frontier.ts';
import type { Plan } from './plan.ts';
import { type Claim, claimOf } from './poison.ts';
import type { Lease } from './ports.ts';
import type { JournalSnapshot } from './records.ts';
import { settleForeign } from './settle.ts';
import { addTriggerSpan } from './spans.ts';
import { wake } from './suspend.ts';

export interface Admission {
  execution: Execution;
  /** What the redelivery says about crashes; undefined for a first delivery. */
  claim: Claim | undefined;
}

/**
 * Decides what a lease means. Gives the execution to carry on, or undefined when the lease is settled already.
 * A trigger's first delivery asks nobody: its first write expects an empty journal and so finds out.
 */
export async function admit(core: Core, lease: Lease): Promise<Admission | undefined> {
  const isFirst = lease.deliveryCount === 1;
  if (lease.kind === 'trigger' && isFirst) return begin(core, lease, undefined);
  const found = await core.ports.journal.read(lease.address);
  if (!found) {
    if (lease.kind === 'trigger') return begin(core, lease, claimOf(core, lease, undefined));
    // The terminal record has aged away: nobody waits for this timer.
    lease.ack();
    return undefined;
  }
  if (await settleForeign(core, lease, found.snapshot)) return undefined;
  return resume(core, lease, found);
}

/** An execution without a plan, only fit to be failed: for a flow that cannot be planned, or trouble before there is a plan. */
export async function admitBare(core: Core, lease: Lease): Promise<Execution | undefined> {
  const found = await core.ports.journal.read(lease.address);
  if (found) {
    if (await settleForeign(core, lease, found.snapshot)) return undefined;
    return newExecution(lease.address, { plan: undefined, ...found });
  }
  const record = await lease.trigger?.();
  if (!record) return undefined;
  const snapshot = firstSnapshot(record, lease.triggerSeq ?? 0, core.ports.clock.now());
  return newExecution(lease.address, { plan: undefined, snapshot, version: 0 });
}

async function begin(core: Core, lease: Lease, claim: Claim | undefined): Promise<Admission | undefined> {
  const { ports } = core;
  if (!lease.trigger)
    throw new FlowError('SYSTEM_UNEXPECTED', { details: { reason: 'the trigger lease has no trigger' } });
  const record = await lease.trigger();
  const snapshot = firstSnapshot(record, lease.triggerSeq ?? 0, ports.clock.now());
  const execution = await withPlan(core, lease, { snapshot, version: 0 });
  if (!execution) return undefined;
  const { payload = await blobPayload(core, record.payloadBlob) } = record;
  execution.payloads.set(TRIGGER_REF, opened(ports, execution, payload));
  const trigger = plannedNode(execution, record.nodeId);
  addTriggerSpan(ports, execution, trigger, startFrontier(execution, trigger));
  return { execution, claim };
}

async function resume(
  core: Core,
  lease: Lease,
  found: { snapshot: JournalSnapshot; version: number },
): Promise<Admission | undefined> {
  const claim = lease.deliveryCount > 1 ? claimOf(core, lease, found.snapshot) : undefined;
  const execution = await withPlan(core, lease, found);
  if (!execution) return undefined;
  await loadOutputs(core.ports, execution);
  if (found.snapshot.status === 'waiting') wake(execution.snapshot);
  return { execution, claim };
}

/** Plans the execution's revision; one that cannot be planned fails right here, as no redelivery would mend it. */
async function withPlan(
  core: Core,
  lease: Lease,
  state: { snapshot: JournalSnapshot; version: number },
): Promise<Execution | undefined> {
  const { flowId, revision } = state.snapshot;
  try {
    const plan = await core.plans.get(flowId, revision);
    checkNodes(plan, state.snapshot);
    return newExecution(lease.address, { plan, ...state });
  } catch (error) {
    if (!isFlowError(error) || !error.code.startsWith('FLOW_')) throw error;
    await fail(core, newExecution(lease.address, { plan: undefined, ...state }), lease, { error });
    return undefined;
  }
}

function checkNodes(plan: Plan, { trigger, frontier }: JournalSnapshot): void {
  const missing = [trigger.nodeId, ...frontier.map((entry) => entry.nodeId)].find((nodeId) => !plan.nodes.has(nodeId));
  if (missing !== undefined) throw new FlowError('FLOW_EDGE_DANGLING', { details: { node: missing } });
}

async function blobPayload(core: Core, ref: string | undefined): Promise<unknown> {
  if (ref === undefined) return null;
  return JSON.parse(new TextDecoder().decode(await core.ports.blobs.get(ref)));
}
