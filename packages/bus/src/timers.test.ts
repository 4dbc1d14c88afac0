import { randomUUID } from 'node:crypto';
import type { Lease } from '@crossdock/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus } from './connect.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';
import type { WorkerSide } from './worker-side.ts';

let server: TestNatsServer;
let bus: Bus;
let side: WorkerSide;
const fired: (Pick<Lease, 'kind' | 'token' | 'address'> & { at: number })[] = [];
let stop: (graceMs: number) => Promise<void>;

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  side = openWorkerSide(bus);
  ({ stop } = await side.consumeLeases({ concurrency: 8 }, async ({ kind, token, address, ack }) => {
    fired.push({ kind, token, address, at: Date.now() });
    ack();
  }));
});
afterAll(async () => {
  await stop(100);
  await bus.close();
  await server.stop();
});

const addressOf = (executionId: string) => ({ env: 'dev', flowId: 'orders', executionId });
const firedFor = (executionId: string) => fired.filter(({ address }) => address.executionId === executionId);

describe('a timer', () => {
  it('comes back as a lease with its token, not before it is due', async () => {
    const executionId = randomUUID();
    const dueAt = Date.now() + 700;
    await side.timers.arm(addressOf(executionId), { token: 'L1', dueAt: new Date(dueAt).toISOString() });
    await expect.poll(() => firedFor(executionId).length, { timeout: 10_000 }).toBe(1);
    expect(firedFor(executionId)[0]).toMatchObject({ kind: 'timer', token: 'L1', address: addressOf(executionId) });
    expect(firedFor(executionId)[0]?.at).toBeGreaterThanOrEqual(dueAt);
  });

  it('fires at once when it is due already', async () => {
    const executionId = randomUUID();
    await side.timers.arm(addressOf(executionId), { token: 'L', dueAt: new Date(Date.now() - 60_000).toISOString() });
    await expect.poll(() => firedFor(executionId).length, { timeout: 10_000 }).toBe(1);
  });

  it('is replaced by arming again', async () => {
    const executionId = randomUUID();
    const soon = new Date(Date.now() + 600).toISOString();
    await side.timers.arm(addressOf(executionId), { token: 'old', dueAt: soon });
    await side.timers.arm(addressOf(executionId), { token: 'new', dueAt: soon });
    await expect.poll(() => firedFor(executionId).length, { timeout: 10_000 }).toBe(1);
    const marker = randomUUID();
    await side.timers.arm(addressOf(marker), { token: 'm', dueAt: new Date(Date.now() + 600).toISOString() });
    await expect.poll(() => firedFor(marker).length, { timeout: 10_000 }).toBe(1);
    expect(firedFor(executionId).map(({ token }) => token)).toEqual(['new']);
  });

  it('survives a crash of the server, each fires once', async () => {
    const ids = Array.from({ length: 50 }, () => randomUUID());
    const dueAt = new Date(Date.now() + 1_500).toISOString();
    await Promise.all(ids.map((id) => side.timers.arm(addressOf(id), { token: id, dueAt })));
    await server.kill();
    await server.restart();
    await expect.poll(() => ids.every((id) => firedFor(id).length > 0), { timeout: 15_000 }).toBe(true);
    expect(ids.filter((id) => firedFor(id).length > 1)).toEqual([]);
  });
});
