import { randomBytes } from 'node:crypto';
import { type Bus, connectBus } from '@crossdock/bus';
import { startNatsServer, type TestNatsServer } from '@crossdock/bus/testing';
import type { CloudEvent } from '@crossdock/connector-sdk';
import type { TriggerRecord } from '@crossdock/engine';
import type { FlowSettings } from '@crossdock/flow-model';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMetrics } from '../metrics.ts';
import { openVault } from '../vault/index.ts';
import { type EventTriggers, startEventTriggers } from './index.ts';

const log = pino({ level: 'silent' });
const vault = openVault({ secretKey: randomBytes(32) });
const SOON = { timeout: 15_000, interval: 20 };
const SHIPPED = 'com.platform.order.line.shipped.v1';

let server: TestNatsServer;
let buses: Bus[];
let processes: EventTriggers[];
let stopFeed: () => Promise<void>;
/** By their sequence: the feed may give one twice. */
const stored = new Map<number, TriggerRecord>();

beforeAll(async () => {
  server = await startNatsServer();
  buses = await Promise.all(['a', 'b'].map((name) => connectBus({ servers: server.url, replicas: 1, name })));
  processes = buses.map((bus) => startEventTriggers({ bus, seal: vault, metrics: createMetrics(), log }));
  stopFeed = await bus().feed.consume({ maxBatch: 500, maxWaitMs: 5 }, async (batch) => {
    for (const entry of batch) if (entry.kind === 'trigger') stored.set(entry.seq, entry.record);
  });
});
afterAll(async () => {
  await Promise.all(processes.map((one) => one.stop()));
  await stopFeed();
  await Promise.all(buses.map((one) => one.close()));
  await server.stop();
});

const bus = () => buses[0] as Bus;

async function deploy(flowId: string, config: object, settings: FlowSettings = {}, revision = 1): Promise<void> {
  const nodes = [{ id: 'heard', type: 'event.received', config: { ...config } }];
  await bus().registry.putRevision(flowId, revision, {
    ...{ formatVersion: 1, id: flowId, name: flowId, nodes, edges: [], settings },
  });
  const deployedAt = new Date().toISOString();
  await bus().registry.activate({ deploymentId: `${flowId}-${revision}`, env: 'dev', flowId, revision, deployedAt });
}

const emit = (id: string, more: Partial<CloudEvent> = {}) =>
  bus().events.emit('dev', 'ord_1', {
    ...{ specversion: '1.0', id, source: '//connections/test', type: SHIPPED, partitionkey: 'ord_1' },
    ...{ time: '2026-11-30T08:00:00.000Z', data: {} },
    ...more,
  } as CloudEvent);

const triggersOf = (flowId: string) =>
  [...stored.entries()].toSorted(([a], [b]) => a - b).flatMap(([, one]) => (one.flowId === flowId ? [one] : []));
const idsOf = (flowId: string) => triggersOf(flowId).map(({ payload }) => (payload as CloudEvent).id);

describe('an event.received trigger', () => {
  test('starts one execution for each event of its types, in their order, by all processes together', async () => {
    await deploy(
      'shipped',
      { types: [SHIPPED] },
      { businessKeys: { order: 'partitionkey' }, orderingKey: 'partitionkey' },
    );
    const told = Array.from({ length: 20 }, (_, n) => `s${n}`);
    for (const id of told) {
      await emit(id);
      await emit(id);
      await emit(`other ${id}`, { type: 'com.acme.other.v1' });
    }
    await expect.poll(() => idsOf('shipped').length, SOON).toBe(20);
    expect(idsOf('shipped')).toEqual(told);
    expect(triggersOf('shipped')[0]).toMatchObject({
      ...{ nodeId: 'heard', keys: { order: ['ord_1'] } },
      payload: { type: SHIPPED, recordedtime: expect.any(String) },
    });
    await bus().registry.deactivate('dev', 'shipped');
  });

  test('goes on where it stopped when the flow was off, and with a new revision', async () => {
    await deploy('resting', {});
    await emit('before');
    await expect.poll(() => idsOf('resting'), SOON).toEqual(['before']);
    await bus().registry.deactivate('dev', 'resting');
    await new Promise((resolve) => setTimeout(resolve, 700));
    await emit('meanwhile');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(idsOf('resting')).toEqual(['before']);
    await deploy('resting', {}, {}, 2);
    await expect.poll(() => idsOf('resting'), SOON).toEqual(['before', 'meanwhile']);
    expect(triggersOf('resting').map(({ revision }) => revision)).toEqual([1, 2]);
    await bus().registry.deactivate('dev', 'resting');
  });

  test('shows masked values as dots, and does not start from what its own flow tells', async () => {
    await deploy('masked', {});
    const { v: by } = vault.seal({ v: 'ann@example.test' }, { env: 'dev', mask: ['v'] }) as { v: unknown };
    await emit('own', { source: 'urn:crossdock:dev:masked' });
    await emit('sealed', { data: { by } });
    await expect.poll(() => idsOf('masked'), SOON).toEqual(['sealed']);
    expect(triggersOf('masked')[0]?.payload).toMatchObject({ data: { by: '•••' } });
  });
});
