import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bus } from '../bus.ts';
import { connectBus, partsOf } from '../connect.ts';
import { type EngineTrial, startEngineTrial } from './engine-trial.ts';
import { aTrigger } from './fixtures.ts';
import { startNatsCluster, type TestNatsCluster } from './nats-cluster.ts';

const ORDERS = 100;

let cluster: TestNatsCluster;
let bus: Bus;
let trial: EngineTrial;

beforeAll(async () => {
  cluster = await startNatsCluster();
  bus = await connectBus({ servers: cluster.urls, replicas: 3, name: 'test' });
  trial = await startEngineTrial({ servers: cluster.urls, replicas: 3 });
  await trial.deploy(bus);
});
afterAll(async () => {
  trial?.stop();
  await bus?.close();
  await cluster?.stop();
});

const nodeLeading = async (stream: string) => {
  const node = cluster.nodes[await cluster.leaderOf(stream)];
  if (node === undefined) throw new Error(`nobody leads ${stream}`);
  return node;
};

it('keeps every stream and bucket of ours on three nodes', async () => {
  const elsewhere = async (): Promise<string[]> => {
    const names: string[] = [];
    for await (const { config, cluster: group } of partsOf(bus).link.jsm.streams.list())
      if (config.num_replicas !== 3 || group?.replicas?.length !== 2) names.push(config.name);
    return names;
  };
  // A busy cluster may not answer for all its streams in time.
  await expect.poll(() => elsewhere().catch(String), { timeout: 30_000 }).toEqual([]);
});

it('carries every order to its end, each effect under one key, though the leader of the triggers is killed', async () => {
  trial.startWorker();
  const accepted = await Promise.all(
    Array.from({ length: ORDERS }, (_, order) => bus.triggers.accept(aTrigger({ payload: { order } }))),
  );
  await expect.poll(trial.effects, { timeout: 60_000, interval: 10 }).toBeGreaterThan(ORDERS / 10);
  const killed = await nodeLeading('EVT');
  await killed.kill();

  const statusOf = async (id: string) => (await bus.executions.read(id).catch(() => undefined))?.status;
  for (const { executionId } of accepted)
    await expect.poll(() => statusOf(executionId), { timeout: 90_000 }).toBe('succeeded');
  expect(trial.faults(ORDERS)).toEqual([]);
  expect(await nodeLeading('EVT')).not.toBe(killed);
  await killed.restart();
  await cluster.ready();
}, 180_000);

it('has another leader while one is frozen, and takes triggers on when a node is taken out in an orderly way', async () => {
  const frozen = await nodeLeading('EVT');
  frozen.freeze();
  expect(await nodeLeading('EVT')).not.toBe(frozen);
  frozen.thaw();
  await cluster.ready();

  const leaving = await nodeLeading('EVT');
  await leaving.lameDuck();
  const accepts = () => bus.triggers.accept(aTrigger({ payload: { order: ORDERS } })).catch(() => undefined);
  await expect.poll(accepts, { timeout: 30_000 }).toMatchObject({ duplicate: false });
  await leaving.restart();
  await cluster.ready();
}, 120_000);
