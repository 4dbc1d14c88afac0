import type { Core } from './core.ts';
import { isTerminal } from './execution.ts';
import type { LaneAddress, Lease, QueuedTrigger } from './ports.ts';
import { timestamp } from './timestamp.ts';

/**
 * A head that was claimed so long ago and of which the journal shows nothing has ended, and its record has aged away: records of ordered
 * executions live longer than this, and none stays unbegun for so long.
 */
const FORGOTTEN_AFTER_MS = 12 * 3_600_000;

/** The head of a lane that this lease is to carry. `isFresh`: nobody can have begun it before. */
export interface LaneHead {
  queued: QueuedTrigger;
  isFresh: boolean;
}

/**
 * Drives a lane by one lease. Where its head is alive under another lease there is nothing to do: whoever ends it goes on with the next, so
 * a trigger behind it was only a doorbell. Where the head has ended, or there is none, the next trigger becomes the head by
 * compare-and-swap, and whoever wins carries it. `ended` names a head that is known to have ended, `asleep` one that this lease has just put
 * to sleep.
 */
export async function claimHead(
  core: Core,
  lane: LaneAddress,
  lease: Lease,
  known: { ended?: string; asleep?: string } = {},
): Promise<LaneHead | undefined> {
  const { lanes, newToken, clock } = core.ports;
  for (;;) {
    const found = await lanes.read(lane);
    const head = found?.record.head;
    if (head && found && head.executionId !== known.ended && !(await hasEnded(core, lane, found.record))) {
      if (found.record.via !== lease.token || head.executionId === known.asleep) return undefined;
      const queued = await lanes.next(lane, head.seq - 1);
      return queued?.seq === head.seq ? { queued, isFresh: false } : undefined;
    }
    const queued = await lanes.next(lane, head?.seq ?? 0);
    if (!queued) return undefined;
    const { executionId, seq } = queued;
    const record = { head: { executionId, seq }, via: lease.token, at: timestamp(clock.now()), token: newToken() };
    const version = await lanes.claim(lane, record, found?.version ?? 0);
    if (version !== undefined) return { queued, isFresh: true };
  }
}

async function hasEnded(
  { ports }: Core,
  { env, flowId }: LaneAddress,
  { head, at }: { head: { executionId: string }; at: string },
): Promise<boolean> {
  const found = await ports.journal.read({ env, flowId, executionId: head.executionId });
  return found ? isTerminal(found.snapshot) : ports.clock.now() - Date.parse(at) > FORGOTTEN_AFTER_MS;
}

/** The lease under which a lane's head is carried: the one in hand, speaking for the head's own trigger. */
export function leaseForHead(lease: Lease, lane: string, { queued, isFresh }: LaneHead): Partial<Lease> {
  const { executionId, seq } = queued;
  const { env, flowId } = lease.address;
  const isOwn = lease.kind === 'trigger' && lease.address.executionId === executionId;
  return {
    kind: 'trigger',
    address: { env, flowId, executionId },
    token: executionId,
    triggerSeq: seq,
    lane,
    isOld: false,
    trigger: () => queued.trigger(),
    // Counted from the claim: deliveries of a doorbell say nothing of the head.
    deliveryCount: isFresh ? 1 : Math.max(2, isOwn ? lease.deliveryCount : 2),
  };
}
