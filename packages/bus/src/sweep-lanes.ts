import type { JournalSnapshot, LaneAddress, LaneRecord } from '@crossdock/engine';
import { readRecord, type StoredRecord } from './cas-record.ts';
import { inParallel } from './in-parallel.ts';
import { isTerminalStatus } from './journal.ts';
import { lanePlace } from './lanes.ts';
import type { Link } from './link.ts';
import { journalSubject, laneFilter, laneOfLaneSubject, laneTriggerFilter } from './names.ts';
import { purgeTriggers, type SweepCut } from './purge-triggers.ts';
import { STREAMS } from './streams.ts';
import { listSubjects } from './subjects.ts';

const LANES_AT_ONCE = 16;

/**
 * Removes what is finished in the lanes of a flow. In a lane an acked trigger is not a finished one: only what stands before the lane's head is.
 * A head that has ended goes too, and the lane's record with it, when nothing stands behind it. Gives the number of triggers removed.
 */
export async function sweepLanes(link: Link, flow: { env: string; flowId: string }, cut: SweepCut): Promise<number> {
  const subjects = await listSubjects(link, STREAMS.journal, laneFilter(flow.env, flow.flowId));
  const firstCommandAt = await firstCommand(link, flow);
  const removed = await inParallel(subjects, LANES_AT_ONCE, async (subject) => {
    const lane = laneOfLaneSubject(subject);
    return lane ? sweepLane(link, lane, cut, firstCommandAt) : 0;
  });
  return removed.reduce((sum, count) => sum + count, 0);
}

async function sweepLane(link: Link, lane: LaneAddress, cut: SweepCut, firstCommandAt: number): Promise<number> {
  const record = await readRecord<LaneRecord>(link, lanePlace(lane));
  if (record === undefined) return 0;
  const { head } = record.value;
  const isOver = head.seq < cut.below && (await hasEnded(link, lane, record, firstCommandAt));
  const below = Math.min(cut.below, isOver ? head.seq + 1 : head.seq);
  const removed = await purgeTriggers(link, lane, { ...cut, below });
  // The triggers first: without its record a lane begins with the first one that stands there.
  if (isOver && !(await hasTriggerUpTo(link, lane, head.seq))) await forget(link, record.version);
  return removed;
}

/**
 * Whether the head has ended and nothing stands behind it. A head without a journal has either ended long ago or not begun: not begun it
 * still has the lease that claimed it, which is older than the claim. Triggers of the lane are all acked, so it could only be a message on `run.q`.
 */
async function hasEnded(
  link: Link,
  { env, flowId, lane }: LaneAddress,
  { value: { head }, storedAt }: StoredRecord<LaneRecord>,
  firstCommandAt: number,
): Promise<boolean> {
  const behind = await link.next(STREAMS.triggers, laneTriggerFilter({ env, flowId, lane }, 'all'), head.seq + 1);
  if (behind !== undefined) return false;
  const subject = journalSubject({ env, flowId, executionId: head.executionId });
  const journal = await readRecord<JournalSnapshot>(link, { stream: STREAMS.journal, subject });
  return journal ? isTerminalStatus(journal.value.status) : firstCommandAt > storedAt;
}

/** When the oldest message on `run.q` of this flow was stored; infinite when there is none. */
async function firstCommand(link: Link, { env, flowId }: { env: string; flowId: string }): Promise<number> {
  const first = await link.next(STREAMS.run, `run.q.${env}.${flowId}.*`, 1);
  return first?.time.getTime() ?? Number.POSITIVE_INFINITY;
}

async function hasTriggerUpTo(link: Link, lane: LaneAddress, seq: number): Promise<boolean> {
  const first = await link.next(STREAMS.triggers, laneTriggerFilter(lane, 'all'), 1);
  return first !== undefined && first.seq <= seq;
}

/** By sequence, so that a claim made meanwhile survives. Not a purge: that may drop what the read model's consumer has to deliver again. */
async function forget({ jsm, log }: Link, version: number): Promise<void> {
  await jsm.streams
    .deleteMessage(STREAMS.journal, version, false)
    .catch((error: unknown) => log.debug({ version, reason: String(error) }, 'a lane has a new head'));
}
