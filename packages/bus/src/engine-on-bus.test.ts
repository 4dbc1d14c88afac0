import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Flow } from '@crossdock/flow-model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus } from './connect.ts';
import { aTrigger } from './testing/fixtures.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';

const ORDERS = 200;
const EFFECTS = ['erp', 'wms'];

/** Two effects in a row, so that a crash may fall between them. */
const flow: Flow = {
  formatVersion: 1,
  id: 'orders',
  name: 'Orders',
  nodes: [
    { id: 'hook', type: 'webhook', config: { path: 'orders' } },
    { id: 'erp', type: 'sink', config: {} },
    { id: 'wms', type: 'sink', config: {} },
  ],
  edges: [
    { id: 'e1', source: 'hook', sourceHandle: 'out', target: 'erp', targetHandle: 'in' },
    { id: 'e2', source: 'erp', sourceHandle: 'out', target: 'wms', targetHandle: 'in' },
  ],
};

/** Calls by idempotency key. */
const calls = new Map<string, { nodeId: string; order: number; count: number }>();
const sink = createServer(async (request, response) => {
  const { key, nodeId, input } = JSON.parse(await text(request)) as {
    key: string;
    nodeId: string;
    input: { order: number };
  };
  const known = calls.get(key) ?? { nodeId, order: input.order, count: 0 };
  calls.set(key, { ...known, count: known.count + 1 });
  await sleep(20);
  response.end('ok');
});

let server: TestNatsServer;
let bus: Bus;
let worker: ChildProcess;

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  await bus.registry.putRevision('orders', 1, flow);
  const deployedAt = new Date().toISOString();
  await bus.registry.activate({ deploymentId: 'd', env: 'dev', flowId: 'orders', revision: 1, deployedAt });
});
afterAll(async () => {
  worker.kill('SIGKILL');
  sink.close();
  await bus.close();
  await server.stop();
});

function startWorker(): void {
  const child = fileURLToPath(new URL('testing/engine-child.ts', import.meta.url));
  const sinkUrl = `http://127.0.0.1:${(sink.address() as AddressInfo).port}`;
  worker = spawn(process.execPath, [child, server.url, sinkUrl], { stdio: ['ignore', 'inherit', 'inherit'] });
}

it('carries every order to its end, each effect under one key, though its worker and the server are killed', async () => {
  startWorker();
  const accepted = await Promise.all(
    Array.from({ length: ORDERS }, (_, order) => bus.triggers.accept(aTrigger({ payload: { order } }))),
  );
  for (const share of [0.15, 0.5]) {
    await expect.poll(() => calls.size, { timeout: 60_000, interval: 10 }).toBeGreaterThan(ORDERS * share);
    worker.kill('SIGKILL');
    startWorker();
  }
  await server.kill();
  await server.restart();

  const statusOf = async (id: string) => (await bus.executions.read(id).catch(() => undefined))?.status;
  for (const { executionId } of accepted)
    await expect.poll(() => statusOf(executionId), { timeout: 90_000 }).toBe('succeeded');
  expect(calls.size).toBe(ORDERS * EFFECTS.length);
  for (const nodeId of EFFECTS)
    expect(new Set([...calls.values()].filter((call) => call.nodeId === nodeId).map(({ order }) => order)).size).toBe(
      ORDERS,
    );
}, 180_000);
