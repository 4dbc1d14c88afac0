import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus } from './connect.ts';
import { type EngineTrial, startEngineTrial } from './testing/engine-trial.ts';
import { aTrigger } from './testing/fixtures.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';

const ORDERS = 200;

let server: TestNatsServer;
let bus: Bus;
let trial: EngineTrial;

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  trial = await startEngineTrial({ servers: server.url, replicas: 1 });
  await trial.deploy(bus);
});
afterAll(async () => {
  trial.stop();
  await bus.close();
  await server.stop();
});

it('carries every order to its end, each effect under one key, though its worker and the server are killed', async () => {
  trial.startWorker();
  const accepted = await Promise.all(
    Array.from({ length: ORDERS }, (_, order) => bus.triggers.accept(aTrigger({ payload: { order } }))),
  );
  for (const share of [0.15, 0.5]) {
    await expect.poll(trial.effects, { timeout: 60_000, interval: 10 }).toBeGreaterThan(ORDERS * share);
    trial.startWorker();
  }
  await server.kill();
  await server.restart();

  const statusOf = async (id: string) => (await bus.executions.read(id).catch(() => undefined))?.status;
  for (const { executionId } of accepted)
    await expect.poll(() => statusOf(executionId), { timeout: 90_000 }).toBe('succeeded');
  expect(trial.faults(ORDERS)).toEqual([]);
}, 180_000);
