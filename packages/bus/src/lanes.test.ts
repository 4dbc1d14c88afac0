import { randomUUID } from 'node:crypto';
import type { LaneRecord } from '@crossdock/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { ensureDurable } from './durable.ts';
import { hashToken } from './names.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { FEED_CONSUMER, STREAMS } from './streams.ts';
import { aTrigger } from './testing/fixtures.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';
import type { WorkerSide } from './worker-side.ts';

let server: TestNatsServer;
let bus: Bus;
let side: WorkerSide;

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  side = openWorkerSide(bus);
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

const laneOf = (orderingKey: string, flowId = 'orders') => ({ env: 'dev', flowId, lane: hashToken(orderingKey) });
const headAt = (seq: number): LaneRecord => ({
  head: { executionId: randomUUID(), seq },
  via: randomUUID(),
  at: new Date().toISOString(),
  token: randomUUID(),
});

describe('a lane', () => {
  it('brings its triggers one after the other in the order in which they came, and nobody else’s', async () => {
    const lane = laneOf('K');
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) {
      const dedupe = n % 2 ? { dedupeKey: `d${n}` } : {};
      ids.push((await bus.triggers.accept(aTrigger({ orderingKey: 'K', payload: n, ...dedupe }))).executionId);
      await bus.triggers.accept(aTrigger({ orderingKey: 'other' }));
      await bus.triggers.accept(aTrigger());
      await bus.triggers.accept(aTrigger({ flowId: 'other', orderingKey: 'K' }));
    }
    const seen: [string, unknown][] = [];
    for (let seq = 0; ; ) {
      const next = await side.lanes.next(lane, seq);
      if (next === undefined) break;
      seq = next.seq;
      seen.push([next.executionId, (await next.trigger()).payload]);
    }
    expect(seen).toEqual(ids.map((id, n) => [id, n]));
    expect(await side.lanes.next(laneOf('nobody'), 0)).toBeUndefined();
  });

  it('gives a large trigger whole, with what a replay begins with', async () => {
    const payload = { text: 'x'.repeat(300_000) };
    const seed = {
      frontier: [{ nodeId: 'erp', inputRef: 'a', iteration: 0, attempts: 0 }],
      outputs: { a: { value: 'y'.repeat(300_000) } },
      nodeOutputs: {},
    };
    await bus.triggers.accept(aTrigger({ orderingKey: 'large', payload, seed, keyBase: 'first' }));
    const next = await side.lanes.next(laneOf('large'), 0);
    const trigger = await next?.trigger();
    expect(trigger).toMatchObject({ seed, keyBase: 'first' });
    expect(JSON.parse(Buffer.from(await bus.blobs.get(trigger?.payloadBlob ?? '')).toString())).toEqual(payload);
    const stored = await bus.executions.trigger(next?.seq ?? 0);
    expect(stored).toMatchObject({ seed, lane: hashToken('large'), payloadBlob: expect.any(String) });
    expect(stored).not.toHaveProperty('seedBlob');
  });

  it('is claimed by one of many, and gives its head back', async () => {
    const lane = laneOf('claimed');
    expect(await side.lanes.read(lane)).toBeUndefined();
    for (let version = 0, round = 1; round <= 10; round++) {
      const records = Array.from({ length: 8 }, () => headAt(round));
      const versions = await Promise.all(records.map((record) => side.lanes.claim(lane, record, version)));
      const won = versions.flatMap((wonVersion, at) => (wonVersion === undefined ? [] : [{ wonVersion, at }]));
      expect(won).toHaveLength(1);
      version = won[0]?.wonVersion ?? 0;
      expect(await side.lanes.read(lane)).toEqual({ record: records[won[0]?.at ?? 0], version });
    }
  });

  it('says who stands ahead of a trigger: the head, until it is left behind or the trigger is the head', async () => {
    const lane = laneOf('ahead');
    const [first, second] = [
      await bus.triggers.accept(aTrigger({ orderingKey: 'ahead' })),
      await bus.triggers.accept(aTrigger({ orderingKey: 'ahead' })),
    ];
    const heads = [await side.lanes.next(lane, 0)];
    heads.push(await side.lanes.next(lane, heads[0]?.seq ?? 0));
    const [ahead, behind] = heads.map((queued) => queued?.seq ?? 0) as [number, number];
    expect(await bus.executions.ahead(behind)).toBeUndefined();
    const record = { ...headAt(ahead), head: { executionId: first.executionId, seq: ahead } };
    const version = await side.lanes.claim(lane, record, 0);
    expect(await bus.executions.ahead(behind)).toBe(first.executionId);
    expect(await bus.executions.ahead(ahead)).toBeUndefined();
    const left = await side.lanes.claim(lane, { ...record, left: true, token: 'left' }, version ?? 0);
    expect(await bus.executions.ahead(behind)).toBeUndefined();
    const next = { ...headAt(behind), head: { executionId: second.executionId, seq: behind } };
    expect(await side.lanes.claim(lane, next, left ?? 0)).toBeDefined();
    expect(await bus.executions.ahead(behind)).toBeUndefined();
    const { executionId } = await bus.triggers.accept(aTrigger({ flowId: 'unordered' }));
    expect(executionId).toBeDefined();
    expect(await bus.executions.ahead(behind + 1)).toBeUndefined();
  });

  it('takes a claim whose confirmation got lost for its own', async () => {
    const lane = laneOf('lost');
    const record = headAt(1);
    const version = await side.lanes.claim(lane, record, 0);
    expect(await side.lanes.claim(lane, record, 0)).toBe(version);
    expect(await side.lanes.claim(lane, headAt(1), 0)).toBeUndefined();
  });

  it('keeps its claims through a crash of the server, and claims wait it out', async () => {
    const lane = laneOf('crash');
    const first = headAt(1);
    const version = (await side.lanes.claim(lane, first, 0)) ?? 0;
    await server.kill();
    const second = headAt(2);
    const claiming = side.lanes.claim(lane, second, version);
    await server.restart();
    expect(await claiming).toBeGreaterThan(version);
    expect((await side.lanes.read(lane))?.record).toEqual(second);
  });

  it('stays out of the read model, also of one that listened before there were lanes', async () => {
    const lane = laneOf('fed');
    await side.lanes.claim(lane, headAt(1), 0);
    await ensureDurable(partsOf(bus).link, { stream: STREAMS.journal, name: FEED_CONSUMER, maxAckPending: 4_096 });
    const seen: string[] = [];
    const stop = await bus.feed.consume({ maxBatch: 100, maxWaitMs: 20 }, async (batch) => {
      seen.push(...batch.map(({ kind }) => kind));
    });
    await expect.poll(() => seen.filter((kind) => kind === 'trigger').length, { timeout: 10_000 }).toBeGreaterThan(15);
    await stop();
    expect(seen).not.toContain('journal');
  });
});
