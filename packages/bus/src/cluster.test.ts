import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease } from '@crossdock/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { hashToken } from './names.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { reconcile } from './reconciler.ts';
import { STREAMS } from './streams.ts';
import { aSnapshot, aTrigger, deployFlow } from './testing/fixtures.ts';
import { startNatsCluster, type TestNatsCluster } from './testing/index.ts';
import type { WorkerSide } from './worker-side.ts';

let cluster: TestNatsCluster;
let bus: Bus;
let side: WorkerSide;
let stop: (graceMs: number) => Promise<void>;
const leases: (Pick<Lease, 'kind' | 'address' | 'command'> & { at: number })[] = [];

beforeAll(async () => {
  cluster = await startNatsCluster();
  bus = await connectBus({ servers: cluster.urls, replicas: 3, name: 'test' });
  side = openWorkerSide(bus);
  await deployFlow(bus, 'orders');
  ({ stop } = await side.consumeLeases({ concurrency: 32 }, async (lease) => {
    leases.push({ ...lease, at: Date.now() });
    lease.ack();
  }));
});
afterAll(async () => {
  await stop(100);
  await bus.close();
  await cluster.stop();
});

const laneOf = (key: string) => ({ env: 'dev', flowId: 'orders', lane: hashToken(key) });
const bells = (executionId: string) =>
  leases.filter(({ address, command }) => command?.type === 'bell' && address.executionId === executionId);

/** Kills the leader of a stream while `work` goes on, and starts it again. */
async function whileLeaderDies<Result>(stream: string, work: () => Promise<Result>): Promise<Result> {
  const leader = cluster.nodes[await cluster.leaderOf(stream)];
  const working = work();
  await sleep(100);
  await leader?.kill();
  await sleep(1_000);
  await leader?.restart();
  const result = await working;
  await cluster.ready();
  return result;
}

/** As the engine does: our own trouble is tried again. */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === 100) throw error;
      await sleep(200);
    }
  }
}

describe('on three servers', () => {
  it('whoever connects without asking for copies takes none away', async () => {
    await (await connectBus({ servers: cluster.urls, replicas: 1, name: 'a worker by itself' })).close();
    for (const stream of [STREAMS.triggers, STREAMS.journal]) {
      const { config } = await partsOf(bus).link.jsm.streams.info(stream);
      expect(config.num_replicas).toBe(3);
    }
  });

  it('a lane has one head, and every trigger is seen the moment it is accepted', async () => {
    const claimAll = async () => {
      for (let round = 1, version = 0; round <= 60; round++) {
        const records = Array.from({ length: 4 }, () => ({
          head: { executionId: randomUUID(), seq: round },
          via: 'v',
          at: new Date().toISOString(),
          token: randomUUID(),
        }));
        const claims = records.map((record) => patiently(() => side.lanes.claim(laneOf('C'), record, version)));
        const versions = await Promise.all(claims);
        expect(versions.filter((won) => won !== undefined)).toHaveLength(1);
        version = versions.find((won) => won !== undefined) ?? 0;
        expect((await patiently(() => side.lanes.read(laneOf('C'))))?.version).toBe(version);
      }
    };
    await whileLeaderDies(STREAMS.journal, claimAll);
    let seq = 0;
    for (let n = 0; n < 100; n++) {
      const { executionId } = await bus.triggers.accept(aTrigger({ orderingKey: 'K' }));
      const next = await side.lanes.next(laneOf('K'), seq);
      expect(next?.executionId).toBe(executionId);
      seq = next?.seq ?? 0;
    }
  });

  it('all ends of children are counted and rung for, though the leader dies among them', async () => {
    const executionId = randomUUID();
    const parent = { env: 'dev', flowId: 'orders', executionId, nodeId: 'split', iteration: 0, index: 0, count: 500 };
    await whileLeaderDies(STREAMS.waits, async () => {
      for (let at = 0; at < 500; at += 25)
        await Promise.all(
          Array.from({ length: 25 }, (_, n) => {
            const end = { index: at + n, executionId: 'c', status: 'succeeded' as const, result: { value: at + n } };
            return patiently(() => side.children.ended({ ...parent, index: at + n }, end));
          }),
        );
    });
    const lastEndAt = Date.now();
    expect(await patiently(() => side.children.countEnds(parent))).toBe(500);
    expect(await patiently(() => side.children.readEnds(parent))).toHaveLength(500);
    await expect.poll(() => bells(executionId).length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(bells(executionId).at(-1)?.at ?? 0).toBeLessThan(lastEndAt + 20_000);
  });

  it('an event is found or rung for, and stored once, though the leader dies meanwhile', async () => {
    const rounds = Array.from({ length: 100 }, () => ({ key: randomUUID(), executionId: randomUUID() }));
    const before = (await partsOf(bus).link.jsm.streams.info(STREAMS.events)).state.messages;
    const found = await whileLeaderDies(STREAMS.events, () =>
      Promise.all(
        rounds.map(async ({ key, executionId }, n) => {
          const event = { specversion: '1.0' as const, id: executionId, source: 's', type: 't', time: '' };
          await sleep(n * 10);
          const emitting = patiently(() => side.events.emit('dev', key, event));
          const until = new Date(Date.now() + 3_600_000).toISOString();
          await patiently(() => side.events.expect({ env: 'dev', flowId: 'orders', executionId }, { key, until }));
          const since = '2020-01-01T00:00:00.000Z';
          const isThere = await patiently(() => side.events.find({ env: 'dev', key, since }));
          await emitting;
          return isThere !== undefined;
        }),
      ),
    );
    const forgotten = () => rounds.filter(({ executionId }, n) => !found[n] && bells(executionId).length === 0);
    await expect.poll(forgotten, { timeout: 30_000 }).toEqual([]);
    const { state } = await partsOf(bus).link.jsm.streams.info(STREAMS.events);
    expect(state.messages).toBe(before + 100);
  });

  it('permits, given ids and ticks are given out once', async () => {
    const permits = await Promise.all(
      Array.from({ length: 200 }, () => side.guards.takePermits('erp', { startMs: 1, limit: 150, wanted: 1 })),
    );
    expect(permits.reduce((sum, count) => sum + count, 0)).toBe(150);
    const executionId = randomUUID();
    const given = Array.from({ length: 10 }, (_, n) => aTrigger({ executionId, orderingKey: `lane ${n % 3}` }));
    const answers = await Promise.all(given.map((trigger) => bus.triggers.accept(trigger)));
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    const schedule = { env: 'dev', flowId: 'orders', nodeId: 'nightly' };
    const won = await Promise.all(
      Array.from({ length: 10 }, () => bus.ticks.advance(schedule, '2030-01-01T00:00:00Z', 0)),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  it('the reconciler finds the one that nobody will wake, and none of those that sleep', async () => {
    const asleep = (wakeAt: number) =>
      aSnapshot(randomUUID(), {
        status: 'waiting',
        asleep: true,
        lease: randomUUID(),
        wakeAt: new Date(wakeAt).toISOString(),
      });
    const sleepers = Array.from({ length: 200 }, () => asleep(Date.now() + 3_600_000));
    await Promise.all([...sleepers, asleep(Date.now() - 3_600_000)].map((snapshot) => side.journal.write(snapshot, 0)));
    expect(await patiently(() => reconcile(partsOf(bus).link, { overdueMs: 1_000, stillMs: 600_000 }))).toBe(1);
  });
});
