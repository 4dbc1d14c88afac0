import type { Core } from './core.ts';
import { isTerminal } from './execution.ts';
import type { LaneAddress, Lease, QueuedTrigger } from './ports.ts';
import type { LaneRecord, TriggerRecord } from './records.ts';
import { timeOf, timestamp } from './timestamp.ts';

/**
 * A head that was claimed so long ago and of which the journal shows nothing has ended, and its record has aged away: records of ordered
 * executions live longer than this, and none stays unbegun for so long.
 */
const FORGOTTEN_AFTER_MS = 12 * 3_600_000;

/** Less than the time after which an unacked lease is given to another. */
const HELD_ALONE_MS = 4_000;

/** The head of a lane that this lease is to carry. `isFresh`: nobody can have begun it before. */
export interface LaneHead {
  queued: QueuedTrigger;
  isFresh: boolean;
  /** The lane record's, by which it was claimed. */
  version: number;
}

/** What a lease that has just carried a head knows of it; `ended` by its terminal record or left behind asleep, else put to sleep. */
export type CarriedHead = { ended: { executionId: string; head?: LaneHead } } | { asleep: string };

/**
 * Drives a lane by one lease. Where its head is alive under another lease there is nothing to do: whoever ends it goes on with the next, so
 * a trigger behind it was only a doorbell. Where the head has ended, or there is none, the next trigger becomes the head by
 * compare-and-swap, and whoever wins carries it. Who has just ended the head it claimed need not read the lane again: if another was first
 * since, the claim finds out. `later`: the lease's own trigger was overtaken and its turn comes when the head has ended.
 */
export async function claimHead(
  core: Core,
  lane: LaneAddress,
  lease: Lease,
  carried?: CarriedHead,
): Promise<LaneHead | undefined | 'later'> {
  const ended = carried && 'ended' in carried ? carried.ended : undefined;
  const asleep = carried && 'asleep' in carried ? carried.asleep : undefined;
  if (ended?.head) {
    const { queued, version } = ended.head;
    const next = await claimNext(core, lane, lease, { afterSeq: queued.seq, version });
    if (next !== 'lost') return next;
  }
  for (;;) {
    const found = await core.ports.lanes.read(lane);
    const head = found?.record.head;
    const overtaken = found && (await findOvertaken(core, lane, lease, found.record));
    if (overtaken && found) {
      if (!found.record.left && !(await hasEnded(core, lane, found.record))) return 'later';
      const next = await claimNext(core, lane, lease, { afterSeq: overtaken.seq - 1, version: found.version });
      if (next !== 'lost') return next;
      continue;
    }
    const isOver = !head || found?.record.left || head.executionId === ended?.executionId;
    if (found && !isOver && !(await hasEnded(core, lane, found.record))) {
      if (found.record.via !== lease.token || head.executionId === asleep) return undefined;
      const queued = await core.ports.lanes.next(lane, head.seq - 1);
      return queued?.seq === head.seq ? { queued, isFresh: false, version: found.version } : undefined;
    }
    const next = await claimNext(core, lane, lease, { afterSeq: head?.seq ?? 0, version: found?.version ?? 0 });
    if (next !== 'lost') return next;
  }
}

/**
 * Says that the lane goes on without its head, which sleeps with its wake-ups armed; undefined when another was first. Said before the next
 * trigger is looked for: one that is stored later finds it said, one that was stored before is found.
 */
export async function leaveBehind(
  { ports: { lanes, newToken, clock } }: Core,
  lane: LaneAddress,
  lease: Lease,
  { queued, version: expected }: LaneHead,
): Promise<LaneHead | undefined> {
  const { executionId, seq } = queued;
  const at = timestamp(clock.now());
  const record: LaneRecord = { head: { executionId, seq }, via: lease.token, left: true, at, token: newToken() };
  const version = await lanes.claim(lane, record, expected);
  return version === undefined ? undefined : { queued, isFresh: false, version };
}

/**
 * The first trigger of the lane that the record has passed by though it never began: the record is ahead of the triggers, as after a restore
 * from copies of different moments. Looked for only by a trigger that stands at or below the head and has no record of its own, which
 * one that was carried keeps for longer than it is told apart here by its age.
 */
async function findOvertaken(
  core: Core,
  lane: LaneAddress,
  lease: Lease,
  { head }: LaneRecord,
): Promise<QueuedTrigger | undefined> {
  const { triggerSeq = 0, kind, address, isOld } = lease;
  if (kind !== 'trigger' || isOld || triggerSeq > head.seq || address.executionId === head.executionId)
    return undefined;
  if (!(await neverBegan(core, lane, address.executionId, () => lease.trigger!()))) return undefined;
  for (let seq = 0; ; ) {
    const queued = await core.ports.lanes.next(lane, seq);
    if (!queued || queued.seq > triggerSeq) return undefined;
    if (await neverBegan(core, lane, queued.executionId, queued.trigger)) return queued;
    seq = queued.seq;
  }
}

async function neverBegan(
  { ports }: Core,
  { env, flowId }: LaneAddress,
  executionId: string,
  trigger: () => Promise<TriggerRecord>,
): Promise<boolean> {
  if (await ports.journal.read({ env, flowId, executionId })) return false;
  return ports.clock.now() - timeOf((await trigger()).receivedAt) < FORGOTTEN_AFTER_MS;
}

/**
 * Makes the next trigger of the lane its head; undefined when there is none, `lost` when another was first. Who may not be the only one to hold
 * the lease claims nothing by it: another may have acked it meanwhile, and nothing would be left to come again. It leaves the lane to a command.
 */
async function claimNext(
  { ports: { lanes, commands, newToken, clock } }: Core,
  lane: LaneAddress,
  lease: Lease,
  { afterSeq, version: expected }: { afterSeq: number; version: number },
): Promise<LaneHead | undefined | 'lost'> {
  const queued = await lanes.next(lane, afterSeq);
  if (!queued) return undefined;
  if (!isHeldAlone(lease, clock.now())) {
    await commands.send(lease.address, { type: 'drain', lane: lane.lane });
    return undefined;
  }
  const { executionId, seq } = queued;
  const record = { head: { executionId, seq }, via: lease.token, at: timestamp(clock.now()), token: newToken() };
  const version = await lanes.claim(lane, record, expected);
  return version === undefined ? 'lost' : { queued, isFresh: true, version };
}

/** Nobody else can have been given the lease yet. */
function isHeldAlone({ deliveryCount, heldSince }: Lease, now: number): boolean {
  return deliveryCount === 1 && now - heldSince < HELD_ALONE_MS;
}

/** Nothing unfinished is ever swept: a head without a record and without a trigger is none, as after a restore. */
async function hasEnded(
  { ports }: Core,
  lane: LaneAddress,
  { head, at }: Pick<LaneRecord, 'head' | 'at'>,
): Promise<boolean> {
  const { env, flowId } = lane;
  const found = await ports.journal.read({ env, flowId, executionId: head.executionId });
  if (found) return isTerminal(found.snapshot);
  if (ports.clock.now() - timeOf(at) > FORGOTTEN_AFTER_MS) return true;
  return (await ports.lanes.next(lane, head.seq - 1))?.seq !== head.seq;
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
