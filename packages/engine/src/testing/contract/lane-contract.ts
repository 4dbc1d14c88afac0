import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ExecutionAddress, LaneAddress } from '../../ports.ts';
import type { LaneRecord } from '../../records.ts';
import { type ContractCase, contractCase, delivery, type PortsUnderTest } from './ports-under-test.ts';

const ROUNDS = 12;
const WORKERS = 6;

function aLane({ address }: PortsUnderTest): LaneAddress {
  const { env, flowId } = address();
  return { env, flowId, lane: randomUUID() };
}

function headOf({ executionId }: ExecutionAddress, seq: number): LaneRecord {
  return { head: { executionId, seq }, via: executionId, at: new Date().toISOString(), token: randomUUID() };
}

/** What the engine takes for granted of lanes. */
export const laneContract: readonly ContractCase[] = [
  contractCase('a lane has no head before the first claim, then the one that was claimed last', async (under) => {
    const lane = aLane(under);
    for (const { lanes } of [under, under.other]) assert.equal(await lanes.read(lane), undefined);
    const first = headOf(under.address(), 1);
    const version = await under.lanes.claim(lane, first, 0);
    const second = headOf(under.address(), 2);
    assert.equal(await under.other.lanes.claim(lane, second, 0), undefined);
    for (const { lanes } of [under, under.other]) assert.deepEqual(await lanes.read(lane), { record: first, version });
    const newer = await under.other.lanes.claim(lane, second, version ?? 0);
    assert.equal(await under.lanes.claim(lane, headOf(under.address(), 2), version ?? 0), undefined);
    for (const { lanes } of [under, under.other])
      assert.deepEqual(await lanes.read(lane), { record: second, version: newer });
  }),

  contractCase('a claim whose answer got lost may be made again while nothing came after it', async (under) => {
    const lane = aLane(under);
    const first = headOf(under.address(), 1);
    const version = await under.lanes.claim(lane, first, 0);
    assert.notEqual(version, undefined);
    assert.equal(await under.lanes.claim(lane, first, 0), version);
    const newer = await under.lanes.claim(lane, headOf(under.address(), 2), version ?? 0);
    assert.notEqual(newer, undefined);
    assert.equal(await under.lanes.claim(lane, first, 0), undefined);
  }),

  contractCase('of many who claim the head of a lane at once one wins, and every worker reads that', async (under) => {
    const lane = aLane(under);
    for (let version = 0, round = 1; round <= ROUNDS; round++) {
      const records = Array.from({ length: WORKERS }, () => headOf(under.address(), round));
      const versions = await Promise.all(
        records.map((record, nth) => (nth % 2 ? under : under.other).lanes.claim(lane, record, version)),
      );
      const won = versions.flatMap((each, nth) =>
        each === undefined ? [] : [{ record: records[nth], version: each }],
      );
      assert.equal(won.length, 1);
      for (const { lanes } of [under, under.other]) assert.deepEqual(await lanes.read(lane), won[0]);
      version = won[0]!.version;
    }
  }),

  contractCase('a lane brings its own triggers in the order in which they were accepted', async (under) => {
    const lane = aLane(under);
    const mine: ExecutionAddress[] = [];
    for (let nth = 0; nth < 5; nth++) {
      const dedupe = nth % 2 ? { dedupeKey: randomUUID() } : {};
      await under.accept({}, { lane: randomUUID() });
      await under.accept({});
      mine.push(await under.accept({ payload: { nth } }, { lane: lane.lane, ...dedupe }));
      await under.accept({ flowId: 'another' }, { lane: lane.lane });
    }
    let seq = 0;
    for (const [nth, address] of mine.entries()) {
      const queued = await (nth % 2 ? under : under.other).lanes.next(lane, seq);
      assert.equal(queued?.executionId, address.executionId);
      assert.ok(queued.seq > seq);
      assert.deepEqual((await queued.trigger()).payload, { nth });
      seq = queued.seq;
      // What has come stays: whoever carries a head that another claimed finds it by its own sequence.
      assert.equal((await under.lanes.next(lane, seq - 1))?.executionId, address.executionId);
    }
    assert.equal(await under.lanes.next(lane, seq), undefined);
    assert.equal(await under.lanes.next(aLane(under), 0), undefined);
  }),

  contractCase(
    'a trigger of a lane is delivered, too, names its lane, and stays in it when it is acked',
    async (under) => {
      const lane = aLane(under);
      const address = await under.accept({ payload: { text: 'x'.repeat(400_000) } }, { lane: lane.lane });
      const lease = await delivery(under, address, 1);
      assert.deepEqual([lease.kind, lease.lane], ['trigger', lane.lane]);
      const asLeased = await lease.trigger!();
      lease.ack();
      await under.pass(200);
      const queued = await under.lanes.next(lane, 0);
      assert.equal(queued?.seq, lease.triggerSeq);
      assert.equal(queued?.executionId, address.executionId);
      assert.deepEqual(await queued?.trigger(), asLeased);
    },
  ),
];
