import { randomBytes } from 'node:crypto';
import { type Bus, connectBus, type NewTrigger } from '@crossdock/bus';
import { startNatsServer, type TestNatsServer } from '@crossdock/bus/testing';
import type { OpenConnection } from '@crossdock/connector-sdk';
import { loopbackHttp } from '@crossdock/connector-sdk/testing';
import type { TriggerRecord } from '@crossdock/engine';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createMetrics } from '../metrics.ts';
import { openVault } from '../vault/index.ts';
import { startPolling } from './index.ts';
import { type SmallOdoo, startSmallOdoo } from './small-odoo.testing.ts';

const PATIENCE = { timeout: 20_000 };
const vault = openVault({ secretKey: randomBytes(32) });
let nats: TestNatsServer;
let odoo: SmallOdoo;
let bus: Bus;
let stored: Map<number, TriggerRecord>;
let stopFeed: () => Promise<void>;
let opened: { bus: Bus; stop(): Promise<void>; metrics: ReturnType<typeof createMetrics> }[];

beforeAll(async () => {
  nats = await startNatsServer();
  odoo = await startSmallOdoo();
});
afterAll(async () => {
  await odoo.server.close();
  await nats.stop();
});

beforeEach(async () => {
  bus = await connectBus({ servers: nats.url, replicas: 1, name: 'test' });
  [stored, opened] = [new Map(), []];
  odoo.records.clear();
  odoo.write(1, 'old');
  stopFeed = await bus.feed.consume({ maxBatch: 500, maxWaitMs: 5 }, async (batch) => {
    for (const entry of batch) if (entry.kind === 'trigger') stored.set(entry.seq, entry.record);
  });
});
afterEach(async () => {
  for (const { env, flowId } of bus.registry.deployments()) await bus.registry.deactivate(env, flowId);
  await Promise.all(opened.map((one) => one.stop()));
  await stopFeed();
  await Promise.all(opened.map((one) => one.bus.close()));
  await bus.close();
});

const names = (flowId: string): string[] =>
  [...stored.values()].flatMap((trigger) => {
    const { record, change, id } = trigger.payload as { record: { name: string } | null; change: string; id: number };
    return trigger.flowId === flowId ? [record?.name ?? `${change} ${id}`] : [];
  });

test('three processes, of which one dies between claiming and storing, start each change once', async () => {
  const hanging = new Set(['new 3']);
  const die = ({ payload }: NewTrigger): boolean =>
    hanging.delete((payload as { record: { name: string } }).record.name);
  for (let nth = 0; nth < 3; nth++) await join(die);
  await deploy('shared', { intervalMs: 1000 });
  await looked('shared');
  const wanted = Array.from({ length: 60 }, (_, at) => `new ${at}`);
  for (const [at, name] of wanted.entries()) {
    odoo.write(at + 2, name, at % 7 === 0 ? 200 : 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await expect.poll(() => names('shared').toSorted(), { timeout: 60_000 }).toEqual(wanted.toSorted());
  expect(hanging.size).toBe(0);
  expect(names('shared')).toHaveLength(60);
});

test('a later revision goes on where the last one stopped, with other fields too', async () => {
  await join();
  await deploy('renewed', { intervalMs: 1000 });
  await looked('renewed');
  odoo.write(2, 'first');
  await expect.poll(() => names('renewed'), PATIENCE).toEqual(['first']);
  await bus.registry.deactivate('dev', 'renewed');
  odoo.write(3, 'meanwhile');
  await deploy('renewed', { intervalMs: 1000, fields: ['name', 'write_date'] }, 2);
  await expect.poll(() => names('renewed'), PATIENCE).toEqual(['first', 'meanwhile']);
});

test('a database that went back ends it until the flow is deployed anew', async () => {
  const { metrics } = await join();
  await deploy('restored', { intervalMs: 1000 });
  await looked('restored');
  odoo.write(2, 'before');
  await expect.poll(() => names('restored'), PATIENCE).toEqual(['before']);
  odoo.records.set(2, { name: 'backup', at: 1_700_000_000 });
  const ended = async () => {
    const ends = (await metrics.snapshot()).find(({ name }) => name === 'crossdock_poll_ended');
    return ends?.values.some(({ value }) => value === 1);
  };
  await expect.poll(ended, PATIENCE).toBe(true);
  odoo.write(2, 'after');
  await deploy('restored', { intervalMs: 1000 }, 2);
  await looked('restored');
  expect(await ended()).toBe(false);
  odoo.write(3, 'anew');
  await expect.poll(() => names('restored'), PATIENCE).toEqual(['before', 'anew']);
});

/** Until the first look is over: what is there by then starts nothing. */
async function looked(flowId: string): Promise<void> {
  const place = { env: 'dev', flowId, nodeId: 'changed' };
  await expect.poll(async () => (await bus.positions.position(place))?.value.position, PATIENCE).toBeDefined();
}

async function deploy(flowId: string, config: object, revision = 1): Promise<void> {
  const node = {
    ...{ id: 'changed', type: 'odoo.changed', connection: 'odoo' },
    config: { model: 'res.partner', fields: ['name'], ...config },
  };
  await bus.registry.putRevision(flowId, revision, {
    ...{ formatVersion: 1, id: flowId, name: flowId, nodes: [node], edges: [], settings: {} },
  });
  const deployedAt = new Date().toISOString();
  await bus.registry.activate({ deploymentId: `${flowId}-${revision}`, env: 'dev', flowId, revision, deployedAt });
}

/** One more process, which dies before it stores the trigger that `diesAt` knows: it hears nothing of the bus any more. */
async function join(diesAt: (trigger: NewTrigger) => boolean = () => false) {
  const own = await connectBus({ servers: nats.url, replicas: 1, name: 'test' });
  let isDead = false;
  const unlessDead =
    <Given extends unknown[], Answer>(ask: (...given: Given) => Promise<Answer>) =>
    (...given: Given): Promise<Answer> =>
      isDead ? new Promise(() => undefined) : ask(...given);
  const { turn, swapTurn, position, swapPosition } = own.positions;
  const mortal: Bus = {
    ...own,
    triggers: {
      accept: unlessDead((trigger) => {
        isDead ||= diesAt(trigger);
        return isDead ? new Promise(() => undefined) : own.triggers.accept(trigger);
      }),
    },
    positions: {
      ...{ ...own.positions, turn: unlessDead(turn), position: unlessDead(position) },
      ...{ swapTurn: unlessDead(swapTurn), swapPosition: unlessDead(swapPosition) },
    },
  };
  const connection: OpenConnection = {
    ...{ id: 'c1', env: 'dev', name: 'odoo', type: 'odoo', version: 1, memory: new Map() },
    settings: { url: odoo.server.url, database: 'prod', companies: [1], callsPerSecond: 1000 },
    ...{ credentials: { apiKey: 'key-1' }, hosts: [odoo.server.url] },
  };
  const metrics = createMetrics();
  const polling = startPolling({
    ...{ bus: mortal, seal: vault, metrics, log: pino({ level: 'silent' }), http: () => loopbackHttp() },
    connections: { open: async () => connection, find: () => undefined },
  });
  // A process that died is not waited for.
  const stop = () => Promise.race([polling.stop(), new Promise<void>((resolve) => setTimeout(resolve, 500))]);
  const one = { bus: own, metrics, stop };
  opened.push(one);
  return one;
}
