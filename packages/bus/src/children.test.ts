import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChildEnd, childExecutionId, type Lease, type ParentRef, type TriggerRecord } from '@crossdock/engine';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { STREAMS } from './streams.ts';
import { deployFlow } from './testing/fixtures.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';
import type { WorkerSide } from './worker-side.ts';

let server: TestNatsServer;
let bus: Bus;
let side: WorkerSide;
let leases: (Pick<Lease, 'kind' | 'token' | 'address' | 'command' | 'lane'> & { payload: unknown; at: number })[] = [];
let stop: (graceMs: number) => Promise<void>;

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  side = openWorkerSide(bus);
  await deployFlow(bus, 'orders');
  ({ stop } = await side.consumeLeases({ concurrency: 16 }, async (lease) => {
    const { payload: inline, payloadBlob } = (await lease.trigger?.()) ?? {};
    const payload =
      payloadBlob === undefined ? inline : JSON.parse(Buffer.from(await bus.blobs.get(payloadBlob)).toString());
    leases.push({ ...lease, payload, at: Date.now() });
    lease.ack();
  }));
});
beforeEach(() => {
  leases = [];
});
afterAll(async () => {
  await stop(100);
  await bus.close();
  await server.stop();
});

const parentOf = (count: number): ParentRef => ({
  env: 'dev',
  flowId: 'orders',
  executionId: randomUUID(),
  nodeId: 'split',
  iteration: 0,
  index: 0,
  count,
});
const endOf = (parent: ParentRef, index: number, more: Partial<ChildEnd> = {}): ChildEnd => ({
  index,
  executionId: childExecutionId(parent.executionId, parent.nodeId, parent.iteration, index),
  status: 'succeeded',
  result: { value: { index } },
  ...more,
});
const aChild = (parent: ParentRef, payload: unknown): TriggerRecord => ({
  executionId: childExecutionId(parent.executionId, parent.nodeId, parent.iteration, parent.index),
  flowId: 'orders',
  revision: 1,
  env: 'dev',
  nodeId: 'hook',
  receivedAt: new Date().toISOString(),
  headers: {},
  keys: {},
  payload,
  parent,
});
const bells = (parent: ParentRef) =>
  leases.filter(({ command, address }) => command?.type === 'bell' && address.executionId === parent.executionId);

describe('a child', () => {
  it('is one execution however often it is started, in no lane, with its payload whole', async () => {
    const payload = { text: 'x'.repeat(400_000) };
    const child = aChild(parentOf(1), payload);
    await Promise.all(Array.from({ length: 10 }, () => side.children.start(child)));
    await side.children.start(child);
    await expect.poll(() => leases.length, { timeout: 10_000 }).toBe(1);
    await sleep(200);
    expect(leases).toHaveLength(1);
    expect(leases[0]).toMatchObject({ kind: 'trigger', address: { executionId: child.executionId }, payload });
    expect(leases[0]?.lane).toBeUndefined();
  });

  it('is not mixed up with a sender’s dedupe key that says the same', async () => {
    const child = aChild(parentOf(1), 'mine');
    const trigger = { ...child, payload: 'theirs', dedupeKey: child.executionId };
    const { executionId: _id, parent: _parent, ...foreign } = trigger;
    const { duplicate } = await bus.triggers.accept({ ...foreign, payload: 'theirs' });
    await side.children.start(child);
    expect(duplicate).toBe(false);
    await expect
      .poll(() => leases.map(({ payload }) => payload).sort(), { timeout: 10_000 })
      .toEqual(['mine', 'theirs']);
  });

  it('waits out a crash of the server', async () => {
    const child = aChild(parentOf(1), 'patient');
    await server.kill();
    const starting = side.children.start(child);
    await server.restart();
    await starting;
    await expect.poll(() => leases.map(({ payload }) => payload), { timeout: 20_000 }).toContain('patient');
  });
});

describe('ends of children', () => {
  it('are recorded once; an only child rings at once, and again when it is told again', async () => {
    const parent = parentOf(1);
    expect(await side.children.countEnds(parent)).toBe(0);
    expect(await side.children.readEnds(parent)).toEqual([]);
    const end = endOf(parent, 0);
    await side.children.ended(parent, end);
    await expect.poll(() => bells(parent).length, { timeout: 10_000 }).toBe(1);
    expect(bells(parent)[0]).toMatchObject({ kind: 'command', command: { type: 'bell' } });
    await side.children.ended(parent, { ...end, status: 'failed' });
    await expect.poll(() => bells(parent).length, { timeout: 10_000 }).toBe(2);
    expect(new Set(bells(parent).map(({ token }) => token)).size).toBe(2);
    expect(await side.children.countEnds(parent)).toBe(1);
    expect(await side.children.readEnds(parent)).toEqual([end]);
  });

  it('of many ring a few times, the last time after the last has ended, and soon', async () => {
    const parent = parentOf(1_000);
    const indexes = Array.from({ length: 1_000 }, (_, index) => index);
    for (let at = 0; at < indexes.length; at += 50) {
      await Promise.all(
        indexes.slice(at, at + 50).map((index) => side.children.ended({ ...parent, index }, endOf(parent, index))),
      );
    }
    const lastEndAt = Date.now();
    expect(await side.children.countEnds(parent)).toBe(1_000);
    await expect.poll(() => bells(parent).some(({ at }) => at >= lastEndAt), { timeout: 10_000 }).toBe(true);
    expect(bells(parent).at(-1)?.at).toBeLessThan(lastEndAt + 1_500);
    expect(bells(parent).length).toBeLessThan(20);
    expect((await side.children.readEnds(parent)).map(({ index }) => index)).toEqual(indexes);
  });

  it('are counted for their own entry only', async () => {
    const parent = parentOf(2);
    await side.children.ended(parent, endOf(parent, 0));
    await side.children.ended({ ...parent, iteration: 1 }, endOf(parent, 0));
    await side.children.ended({ ...parent, nodeId: 'other' }, endOf(parent, 1));
    expect(await side.children.countEnds(parent)).toBe(1);
    expect(await side.children.countEnds({ ...parent, iteration: 1 })).toBe(1);
    expect(await side.children.countEnds({ ...parent, env: 'prod' })).toBe(0);
  });

  it('survive a crash of the server, bell and all', async () => {
    const parent = parentOf(3);
    await Promise.all([0, 1, 2].map((index) => side.children.ended({ ...parent, index }, endOf(parent, index))));
    await server.kill();
    await server.restart();
    await expect.poll(() => side.children.countEnds(parent).catch(() => 0), { timeout: 10_000 }).toBe(3);
    await expect.poll(() => bells(parent).length, { timeout: 15_000 }).toBeGreaterThan(0);
  });

  it('go after 30 days', async () => {
    const parent = parentOf(1);
    await side.children.ended(parent, endOf(parent, 0));
    const stored = await partsOf(bus).link.last(STREAMS.waits, `jc.dev.${parent.executionId}.>`);
    expect(stored?.header.get('Nats-TTL')).toBe('2592000s');
  });
});
