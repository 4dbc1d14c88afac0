import { randomUUID } from 'node:crypto';
import type { ExecutionStatus, LaneRecord } from '@crossdock/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { hashToken, laneTriggerFilter, triggerConsumer } from './names.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { STREAMS } from './streams.ts';
import { countSubjects } from './subjects.ts';
import { type LaneCursors, sweepLanes } from './sweep-lanes.ts';
import { aSnapshot, aTrigger, deployFlow } from './testing/fixtures.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';
import type { WorkerSide } from './worker-side.ts';

let server: TestNatsServer;
let bus: Bus;
let side: WorkerSide;
let stop: (graceMs: number) => Promise<void>;
const seqs = new Map<string, number>();

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  side = openWorkerSide(bus);
  await deployFlow(bus, 'orders');
  ({ stop } = await side.consumeLeases({ concurrency: 8 }, async ({ kind, triggerSeq = 0, address, ack }) => {
    if (kind === 'trigger') seqs.set(address.executionId, triggerSeq);
    if (address.executionId !== held) ack();
  }));
});
afterAll(async () => {
  await stop(0);
  await bus.close();
  await server.stop();
});

let held = '';
const link = () => partsOf(bus).link;
const laneOf = (key: string) => ({ env: 'dev', flowId: 'orders', lane: hashToken(key) });
const addressOf = (executionId: string) => ({ env: 'dev', flowId: 'orders', executionId });

/** Accepts so many triggers of a lane and resolves when they are all acked: doorbells, as far as the server knows. */
async function queue(orderingKey: string, count: number, more: { dedupeKey?: string } = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push((await bus.triggers.accept(aTrigger({ orderingKey, ...more }))).executionId);
  await expect.poll(() => ids.every((id) => seqs.has(id)), { timeout: 10_000 }).toBe(true);
  const info = () => link().jsm.consumers.info(STREAMS.triggers, triggerConsumer('dev', 'orders'));
  await expect.poll(async () => (await info()).num_ack_pending, { timeout: 10_000 }).toBe(0);
  return ids;
}
async function claim(key: string, executionId: string, version = 0): Promise<number | undefined> {
  const seq = seqs.get(executionId) ?? 0;
  const record: LaneRecord = {
    head: { executionId, seq },
    via: executionId,
    at: new Date().toISOString(),
    token: randomUUID(),
  };
  return side.lanes.claim(laneOf(key), record, version);
}
const journal = (executionId: string, status: ExecutionStatus) =>
  side.journal.write(aSnapshot(executionId, { status }), 0);
const standing = async (key: string) => {
  const ids: string[] = [];
  for (let seq = 0; ; ) {
    const next = await side.lanes.next(laneOf(key), seq);
    if (next === undefined) return ids;
    seq = next.seq;
    ids.push(next.executionId);
  }
};
const hasRecord = async (key: string) => (await side.lanes.read(laneOf(key))) !== undefined;
/** Sweeps what is acked. */
async function sweep({ isDedupeOld = false } = {}): Promise<void> {
  const { ack_floor } = await link().jsm.consumers.info(STREAMS.triggers, triggerConsumer('dev', 'orders'));
  const below = ack_floor.stream_seq + 1;
  const cut = { below, dedupeCut: isDedupeOld ? below : 0 };
  const pace = { cursors: new Map(), isOver: () => false };
  await sweepLanes(link(), { env: 'dev', flowId: 'orders' }, cut, pace);
}

describe('sweeping a lane', () => {
  it('removes what stands before the head, and nothing from a head on that is under way', async () => {
    const ids = await queue('busy', 5);
    await claim('busy', ids[2] ?? '');
    await journal(ids[2] ?? '', 'waiting');
    await sweep();
    expect(await standing('busy')).toEqual(ids.slice(2));
    expect(await hasRecord('busy')).toBe(true);
  });

  it('removes a head that has ended with its record when nothing stands behind it, and begins anew', async () => {
    const ids = await queue('over', 3);
    await claim('over', ids[2] ?? '');
    await journal(ids[2] ?? '', 'succeeded');
    await sweep();
    expect(await standing('over')).toEqual([]);
    expect(await hasRecord('over')).toBe(false);
    const [next = ''] = await queue('over', 1);
    expect(await standing('over')).toEqual([next]);
    expect(await claim('over', next)).toBeGreaterThan(0);
    await journal(next, 'running');
  });

  it('keeps an ended head and its record while something stands behind it', async () => {
    const ids = await queue('behind', 3);
    await claim('behind', ids[1] ?? '');
    await journal(ids[1] ?? '', 'succeeded');
    await sweep();
    expect(await standing('behind')).toEqual(ids.slice(1));
    expect(await hasRecord('behind')).toBe(true);
  });

  it('keeps everything of a lane that nobody has claimed, acked or not', async () => {
    const ids = await queue('unclaimed', 3);
    await sweep();
    expect(await standing('unclaimed')).toEqual(ids);
  });

  it('takes a head without a journal for ended only when no older lease may still begin it', async () => {
    const [first = ''] = await queue('aged', 1);
    const lease = addressOf(randomUUID());
    held = lease.executionId;
    await side.commands.send(lease, { type: 'bell' });
    await claim('aged', first);
    await sweep();
    expect(await standing('aged')).toEqual([first]);
    expect(await hasRecord('aged')).toBe(true);
    await link().jsm.streams.purge(STREAMS.run);
    held = '';
    await side.commands.send(addressOf(randomUUID()), { type: 'bell' });
    await sweep();
    expect(await standing('aged')).toEqual([]);
    expect(await hasRecord('aged')).toBe(false);
  });

  it('keeps what has a dedupe key for a day, with the record that says it is done', async () => {
    const [first = ''] = await queue('deduped', 1, { dedupeKey: 'd1' });
    await claim('deduped', first);
    await journal(first, 'succeeded');
    await sweep();
    expect(await standing('deduped')).toEqual([first]);
    expect(await hasRecord('deduped')).toBe(true);
    await sweep({ isDedupeOld: true });
    expect(await standing('deduped')).toEqual([]);
    expect(await hasRecord('deduped')).toBe(false);
  });

  it('goes on in the next sweep behind the lane that it came to', async () => {
    const keys = Array.from({ length: 60 }, (_, n) => `paced ${n}`);
    for (const key of keys) {
      const [only = ''] = await queue(key, 1);
      await claim(key, only);
      await journal(only, 'succeeded');
    }
    const cursors: LaneCursors = new Map();
    const below = Math.max(...seqs.values()) + 1;
    let sweeps = 0;
    let removed = 0;
    for (let left = keys.length; left > 0; sweeps++) {
      let looks = 0;
      const pace = { cursors, isOver: () => ++looks > 20 };
      const count = await sweepLanes(link(), { env: 'dev', flowId: 'orders' }, { below, dedupeCut: 0 }, pace);
      removed += count;
      left = (await Promise.all(keys.map(hasRecord))).filter(Boolean).length;
    }
    expect(removed).toBe(keys.length);
    expect(sweeps).toBeGreaterThan(2);
    expect(sweeps).toBeLessThan(8);
  });

  it('leaves no trigger to run a second time and loses none, while lanes are claimed and swept at once', async () => {
    const keys = Array.from({ length: 8 }, (_, n) => `race ${n}`);
    const ran = new Map<string, string[]>(keys.map((key) => [key, []]));
    const accepted = new Map<string, string[]>(keys.map((key) => [key, []]));
    let isOver = false;
    const drive = async (key: string) => {
      while (!isOver || (await side.lanes.next(laneOf(key), await headSeq(key))) !== undefined) {
        const stored = await side.lanes.read(laneOf(key));
        const next = await side.lanes.next(laneOf(key), stored?.record.head.seq ?? 0);
        if (next === undefined) continue;
        seqs.set(next.executionId, next.seq);
        if ((await claim(key, next.executionId, stored?.version ?? 0)) === undefined) continue;
        ran.get(key)?.push(next.executionId);
        await journal(next.executionId, 'succeeded');
      }
    };
    const headSeq = async (key: string) => (await side.lanes.read(laneOf(key)))?.record.head.seq ?? 0;
    const send = async (key: string) => {
      for (let n = 0; n < 40; n++) {
        const trigger = aTrigger({ orderingKey: key });
        const taken = await bus.triggers.accept(trigger).catch(() => undefined);
        if (taken) accepted.get(key)?.push(taken.executionId);
      }
    };
    const sweeping = (async () => {
      while (!isOver) await sweep();
    })();
    const drivers = keys.map(drive);
    await Promise.all(keys.map(send));
    isOver = true;
    await Promise.all([...drivers, sweeping]);
    for (const key of keys) expect(ran.get(key)).toEqual(accepted.get(key));
    const left = await countSubjects(link(), STREAMS.triggers, laneTriggerFilter(laneOf('race 0'), 'all'));
    expect(left).toBeLessThanOrEqual(1);
  });
});
