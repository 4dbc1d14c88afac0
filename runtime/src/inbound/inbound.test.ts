import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bus, connectBus, type NewTrigger } from '@crossdock/bus';
import { connectOtherSystem, type OtherSystem, startNatsServer, type TestNatsServer } from '@crossdock/bus/testing';
import type { TriggerRecord } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import type { FlowSettings } from '@crossdock/flow-model';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMetrics } from '../metrics.ts';
import { openVault } from '../vault/index.ts';
import { type Inbound, startInbound } from './index.ts';

const log = pino({ level: 'silent' });
/** Within this time every process has heard of what is deployed. */
const HEARD_WITHIN_MS = 700;
const vault = openVault({ secretKey: randomBytes(32) });
let server: TestNatsServer;
let shop: OtherSystem;
let bus: Bus;
/** By their sequence: the feed may give one twice. */
let stored: Map<number, TriggerRecord>;
let stopFeed: () => Promise<void>;
let opened: { bus: Bus; inbound: Inbound; metrics: ReturnType<typeof createMetrics> }[];

beforeAll(async () => {
  server = await startNatsServer();
  shop = await connectOtherSystem(server.url);
  await shop.makeStream('SHOP', ['shop.>']);
});
afterAll(async () => {
  await shop.close();
  await server.stop();
});

beforeEach(async () => {
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  stored = new Map();
  opened = [];
  stopFeed = await bus.feed.consume({ maxBatch: 500, maxWaitMs: 5 }, async (batch) => {
    for (const entry of batch) if (entry.kind === 'trigger') stored.set(entry.seq, entry.record);
  });
});
afterEach(async () => {
  for (const { env, flowId } of bus.registry.deployments()) await bus.registry.deactivate(env, flowId);
  await Promise.all(opened.map(({ inbound }) => inbound.stop()));
  await stopFeed();
  await Promise.all(opened.map((instance) => instance.bus.close()));
  await bus.close();
});

describe('a message that a stream keeps', () => {
  test('becomes an execution with its value, headers, subject and keys, masked', async () => {
    await deploy(
      'kept',
      { subject: 'shop.{env}.kept.>', stream: 'SHOP' },
      { businessKeys: { orderNo: 'name', mail: 'email' }, orderingKey: 'name', mask: ['email'] },
    );
    await join();
    await publish('shop.dev.kept.new', '{"name": "A-1", "id": 9007199254740993, "email": "ann@example.com"}', {
      'X-Shop': '7',
      Authorization: 'Bearer x',
    });
    const [trigger] = await triggersOf('kept', 1);
    expect(trigger).toMatchObject({
      nodeId: 'heard',
      revision: 1,
      headers: { 'x-shop': '7', 'nats-subject': 'shop.dev.kept.new' },
      keys: { orderNo: ['A-1'], mail: [vault.keyToken('dev', 'ann@example.com')] },
    });
    expect(Object.keys(trigger?.headers ?? {})).not.toContain('authorization');
    expect(JSON.stringify(trigger)).not.toContain('ann@example.com');
    expect(vault.open(trigger?.payload, { env: 'dev' })).toEqual({
      name: 'A-1',
      id: '9007199254740993',
      email: 'ann@example.com',
    });
  });

  test.each([
    ['text', "UNA:+.? 'UNB", {}, { text: "UNA:+.? 'UNB", $blob: { contentType: 'text/plain; charset=utf-8' } }],
    ['bytes', new Uint8Array([0xff, 0x00]), {}, { $blob: { contentType: 'application/octet-stream', size: 2 } }],
    ['what it says it is', '<a/>', { 'Content-Type': 'application/xml' }, { text: '<a/>' }],
    ['nothing', '', {}, null],
  ])('that is %s is taken as it is', async (name, data, headers, payload) => {
    const flowId = `as-${name.replaceAll(' ', '-')}`;
    await deploy(flowId, { subject: `shop.as.${flowId}`, stream: 'SHOP' });
    await join();
    await publish(`shop.as.${flowId}`, data, headers);
    const [trigger] = await triggersOf(flowId, 1);
    if (payload === null) expect(trigger?.payload).toBeNull();
    else expect(trigger?.payload).toMatchObject(payload);
  });

  test.each([
    ['has a key that cannot be computed', '{"name": {"a": 1}}', {}, 'DATA_KEY', { name: { a: 1 } }],
    ['holds what JSON must not hold', '{"__proto__": 1}', {}, 'DATA_FORBIDDEN_KEY', { text: '{"__proto__": 1}' }],
    [
      'says it is JSON and is not',
      '{"name"',
      { 'content-type': 'application/json' },
      'DATA_MALFORMED',
      { text: '{"name"' },
    ],
  ])('and %s becomes an execution that fails with what came in', async (_what, data, headers, code, payload) => {
    const flowId = `bad-${code.toLowerCase().replaceAll('_', '-')}`;
    await deploy(flowId, { subject: `shop.bad.${code}`, stream: 'SHOP' }, { businessKeys: { orderNo: 'name' } });
    const { metrics } = await join();
    await publish(`shop.bad.${code}`, data, headers);
    await publish(`shop.bad.${code}`, '{"name": "good"}');
    const triggers = await triggersOf(flowId, 2);
    expect(triggers.find(({ refused }) => refused)).toMatchObject({ keys: {}, refused: { code }, payload });
    expect(triggers.find(({ refused }) => !refused)).toMatchObject({ keys: { orderNo: ['good'] } });
    expect(await counted(metrics, 'crossdock_triggers_refused_total')).toBe(1);
  });

  test('and is refused with an error that quotes a masked value rests with dots in it', async () => {
    const settings = { mask: ['email'], businessKeys: { orderNo: '$error("not a shop: " & email)' } };
    await deploy('quoted', { subject: 'shop.quoted', stream: 'SHOP' }, settings);
    await join();
    await publish('shop.quoted', '{"email": "ann@example.com"}');
    const [trigger] = await triggersOf('quoted', 1);
    expect(trigger?.refused).toMatchObject({ code: 'DATA_KEY', message: expect.stringContaining('•••') });
    expect(JSON.stringify(trigger)).not.toContain('ann@example.com');
  });

  test('and cannot be read rests sealed where the flow has a mask', async () => {
    await deploy('sealed', { subject: 'shop.sealed', stream: 'SHOP' }, { mask: ['email'] });
    await join();
    await publish('shop.sealed', '{"__proto__": 1, "email": "ann@example.com"}');
    const [trigger] = await triggersOf('sealed', 1);
    expect(JSON.stringify(trigger)).not.toContain('ann@example.com');
    expect(vault.open(trigger?.payload, { env: 'dev' })).toEqual({
      text: '{"__proto__": 1, "email": "ann@example.com"}',
    });
  });

  test('comes again while its execution cannot be stored, and is then one execution', async () => {
    await deploy('refusing', { subject: 'shop.refusing', stream: 'SHOP' });
    let refusals = 2;
    await join(async () => {
      if (refusals-- > 0) throw new FlowError('SYSTEM_BUS_FULL');
    });
    await publish('shop.refusing', '{}');
    await triggersOf('refusing', 1);
  });

  test('is one execution when it is taken twice, as after a lost ack', async () => {
    await deploy('twice', { subject: 'shop.twice', stream: 'SHOP' });
    let losses = 1;
    const { metrics } = await join(undefined, async () => {
      if (losses-- > 0) throw new FlowError('SYSTEM_BUS_UNAVAILABLE');
    });
    await publish('shop.twice', '{"n": 1}');
    await publish('shop.twice', '{"n": 1}');
    await triggersOf('twice', 2);
    await expect.poll(() => counted(metrics, 'crossdock_inbound_messages_total', { outcome: 'duplicate' })).toBe(1);
  });

  test('with the dedupe key of an earlier one is that execution', async () => {
    await deploy('deduped', { subject: 'shop.deduped', stream: 'SHOP' }, { dedupeKey: 'id' });
    await join();
    for (const id of [1, 2, 1]) await publish('shop.deduped', JSON.stringify({ id }));
    await triggersOf('deduped', 2);
  });

  test('is heard once its stream is made', async () => {
    await deploy('later', { subject: 'later.>', stream: 'LATER' });
    const { metrics } = await join();
    await expect.poll(() => counted(metrics, 'crossdock_inbound_unheard')).toBe(1);
    await shop.makeStream('LATER', ['later.>']);
    await expect.poll(() => counted(metrics, 'crossdock_inbound_unheard'), { timeout: 20_000 }).toBe(0);
    await publish('later.x', '{}');
    await triggersOf('later', 1);
  });
});

describe('several processes', () => {
  test('take each of 1,000 messages once while some join, leave and the flow is deployed anew', async () => {
    await deploy('shared', { subject: 'shop.shared', stream: 'SHOP' });
    const takers = new Set<string>();
    const joined = (name: string) => join(async () => void takers.add(name));
    const { inbound: first } = await joined('first');
    await joined('second');
    for (let n = 1; n <= 1000; n++) {
      await publish('shop.shared', JSON.stringify({ n }));
      if (n === 250) void joined('third');
      if (n === 500) void first.stop();
      if (n === 700) void deploy('shared', { subject: 'shop.shared', stream: 'SHOP' }, {}, 2);
    }
    const numbers = (await triggersOf('shared', 1000)).map(({ payload }) => (payload as { n: number }).n);
    expect(new Set(numbers).size).toBe(1000);
    expect(takers.size).toBe(3);
    const revisions = new Set([...stored.values()].map(({ revision }) => revision));
    expect(revisions).toEqual(new Set([1, 2]));
  });

  test('lose no message of a stream when the flow is taken off and put back, with another subject too', async () => {
    await deploy('moving', { subject: 'shop.from', stream: 'SHOP' });
    await join();
    await join();
    await publish('shop.from', '1');
    await triggersOf('moving', 1);
    await bus.registry.deactivate('dev', 'moving');
    await sleep(HEARD_WITHIN_MS);
    await publish('shop.from', '2');
    await sleep(HEARD_WITHIN_MS);
    expect(stored.size).toBe(1);
    await deploy('moving', { subject: 'shop.from', stream: 'SHOP' }, {}, 2);
    await triggersOf('moving', 2);
    await deploy('moving', { subject: 'shop.to', stream: 'SHOP' }, {}, 3);
    await sleep(HEARD_WITHIN_MS);
    await publish('shop.to', '3');
    await publish('shop.from', 'unheard');
    const payloads = (await triggersOf('moving', 3)).map(({ payload }) => payload);
    expect(payloads.sort()).toEqual([1, 2, 3]);
  });
});

describe('a message that passes by', () => {
  test('becomes one execution, and who asked gets its id', async () => {
    await deploy('asked', { subject: 'scanner.{env}.events' }, { businessKeys: { code: 'code' } });
    await join();
    await join();
    const answer = JSON.parse(await shop.request('scanner.dev.events', '{"code": "4006381333931"}'));
    const [trigger] = await triggersOf('asked', 1);
    expect(answer).toEqual({ executionId: trigger?.executionId });
    expect(trigger).toMatchObject({ keys: { code: ['4006381333931'] } });
    const refused = JSON.parse(await shop.request('scanner.dev.events', '{"code": true}'));
    expect(refused).toMatchObject({ executionId: expect.any(String), error: { code: 'DATA_KEY' } });
  });

  test('is tried for a while when its execution cannot be stored', async () => {
    await deploy('patient', { subject: 'scanner.patient' });
    let refusals = 3;
    await join(async () => {
      if (refusals-- > 0) throw new FlowError('SYSTEM_BUS_FULL');
    });
    expect(JSON.parse(await shop.request('scanner.patient', '1'))).toHaveProperty('executionId');
    await triggersOf('patient', 1);
  });

  test('is heard no more when the flow is taken off', async () => {
    await deploy('leaving', { subject: 'scanner.leaving' });
    await join();
    await shop.request('scanner.leaving', '1');
    await bus.registry.deactivate('dev', 'leaving');
    await sleep(HEARD_WITHIN_MS);
    await expect(shop.request('scanner.leaving', '2')).rejects.toThrow(/no responders/i);
  });
});

/** Another process; `before` and `after` are called around the storing of each trigger. */
async function join(before = async (_trigger: NewTrigger) => {}, after = async (_trigger: NewTrigger) => {}) {
  const own = await connectBus({ servers: server.url, replicas: 1, name: 'instance' });
  const watched: Bus = {
    ...own,
    triggers: {
      async accept(trigger) {
        await before(trigger);
        const acceptance = await own.triggers.accept(trigger);
        await after(trigger);
        return acceptance;
      },
    },
  };
  const metrics = createMetrics();
  const inbound = startInbound({ bus: watched, seal: vault, metrics, log });
  const instance = { bus: own, inbound, metrics };
  opened.push(instance);
  await sleep(HEARD_WITHIN_MS);
  return instance;
}

async function deploy(
  flowId: string,
  config: Record<string, unknown>,
  settings: FlowSettings = {},
  revision = 1,
): Promise<void> {
  await bus.registry.putRevision(flowId, revision, {
    formatVersion: 1,
    id: flowId,
    name: flowId,
    nodes: [{ id: 'heard', type: 'nats.subscribe', config }],
    edges: [],
    settings,
  });
  const deployedAt = new Date().toISOString();
  await bus.registry.activate({ deploymentId: `${flowId}-${revision}`, env: 'dev', flowId, revision, deployedAt });
}

const publish = (subject: string, data: string | Uint8Array, headers?: Record<string, string>): Promise<void> =>
  shop.publish(subject, data, headers);

async function triggersOf(flowId: string, count: number): Promise<TriggerRecord[]> {
  const found = () => [...stored.values()].filter((trigger) => trigger.flowId === flowId);
  await expect.poll(() => found().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(count);
  // What comes twice may come late.
  await sleep(200);
  expect(found().length).toBe(count);
  return found();
}

async function counted(
  metrics: ReturnType<typeof createMetrics>,
  name: string,
  labels: Record<string, string> = {},
): Promise<number> {
  const { values = [] } = (await metrics.snapshot()).find((metric) => metric.name === name) ?? {};
  return values
    .filter((value) => Object.entries(labels).every(([label, wanted]) => value.labels[label] === wanted))
    .reduce((sum, { value }) => sum + value, 0);
}
