import type { JournalSnapshot, LaneAddress, LaneRecord } from '@crossdock/engine';
import { readRecord, type StoredRecord } from './cas-record.ts';
import { inParallel } from './in-parallel.ts';
import { isTerminalStatus } from './journal.ts';
import { decodeSnapshot } from './journal-codec.ts';
import { lanePlace } from './lanes.ts';
import type { Link } from './link.ts';
import { hasDedupeToken, journalSubject, laneFilter, laneOfLaneSubject, laneTriggerFilter } from './names.ts';
import { STREAMS } from './streams.ts';
import { listSubjects } from './subjects.ts';

/** Few, so that live traffic hardly waits for it: a wildcard read takes the server some milliseconds. */
const LANES_AT_ONCE = 4;
/** Most triggers of one lane looked at in one sweep: a long one is not to hold up the others. */
const MOST_PER_LANE = 1_000;

/** What may go: sequences below `below`, of those with a dedupe token only below `dedupeCut`. */
export interface SweepCut {
  below: number;
  dedupeCut: number;
}

/** The lane that each flow's last sweep came to, by its subject. */
export type LaneCursors = Map<string, string>;

export interface SweepPace {
  cursors: LaneCursors;
  /** Time is up. */
  isOver(): boolean;
}

/**
 * Removes what is finished in the lanes of a flow, going on behind the lane that the last sweep came to. In a lane an acked trigger is not a
 * finished one: only what stands before the lane's head is. A head that has ended goes too, and the lane's record with it, when nothing stands
 * behind it. Gives the number of triggers removed.
 */
export async function sweepLanes(
  link: Link,
  flow: { env: string; flowId: string },
  cut: SweepCut,
  { cursors, isOver }: SweepPace,
): Promise<number> {
  const filter = laneFilter(flow.env, flow.flowId);
  const subjects = (await listSubjects(link, STREAMS.journal, filter)).sort();
  const cursor = cursors.get(filter) ?? '';
  const from = subjects.findIndex((subject) => subject > cursor);
  const firstCommandAt = await firstCommand(link, flow);
  const order = [...subjects.slice(from), ...subjects.slice(0, Math.max(0, from))];
  const removed = await inParallel(order, LANES_AT_ONCE, async (subject) => {
    const lane = isOver() ? undefined : laneOfLaneSubject(subject);
    if (lane === undefined) return 0;
    const count = await sweepLane(link, lane, cut, firstCommandAt);
    cursors.set(filter, subject);
    return count;
  });
  return removed.reduce((sum, count) => sum + count, 0);
}

async function sweepLane(link: Link, lane: LaneAddress, cut: SweepCut, firstCommandAt: number): Promise<number> {
  const record = await readRecord<LaneRecord>(link, lanePlace(lane));
  if (record === undefined) return 0;
  const { head } = record.value;
  const isOver = head.seq < cut.below && (await hasEnded(link, lane, record, firstCommandAt));
  const { removed, left } = await removeUpTo(link, lane, isOver ? head.seq : head.seq - 1, cut);
  // The triggers first: without its record a lane begins with the first one that stands there.
  if (isOver && left === 0) await forget(link, record.version);
  return removed;
}

/** One by one: a purge would walk all of the stream for each lane. Gives also how many stay that stand there. */
async function removeUpTo(
  link: Link,
  lane: LaneAddress,
  lastSeq: number,
  { below, dedupeCut }: SweepCut,
): Promise<{ removed: number; left: number }> {
  const filter = laneTriggerFilter(lane, 'all');
  let removed = 0;
  let left = 0;
  for (let seq = 1; removed + left < MOST_PER_LANE; ) {
    const stored = await link.next(STREAMS.triggers, filter, seq);
    if (stored === undefined || stored.seq > lastSeq) return { removed, left };
    seq = stored.seq + 1;
    const mayGo = stored.seq < below && (stored.seq < dedupeCut || !hasDedupeToken(stored.subject));
    if (mayGo && (await link.jsm.streams.deleteMessage(STREAMS.triggers, stored.seq, false))) removed++;
    else left++;
  }
  return { removed, left: left + 1 };
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
  const journal = await readRecord<JournalSnapshot>(link, { stream: STREAMS.journal, subject }, decodeSnapshot);
  return journal ? isTerminalStatus(journal.value.status) : firstCommandAt > storedAt;
}

/** When the oldest message on `run.q` of this flow was stored; infinite when there is none. */
async function firstCommand(link: Link, { env, flowId }: { env: string; flowId: string }): Promise<number> {
  const first = await link.next(STREAMS.run, `run.q.${env}.${flowId}.*`, 1);
  return first?.time.getTime() ?? Number.POSITIVE_INFINITY;
}

/** By sequence, so that a claim made meanwhile survives. Not a purge: that may drop what the read model's consumer has to deliver again. */
async function forget({ jsm, log }: Link, version: number): Promise<void> {
  await jsm.streams
    .deleteMessage(STREAMS.journal, version, false)
    .catch((error: unknown) => log.debug({ version, reason: String(error) }, 'a lane has a new head'));
}
