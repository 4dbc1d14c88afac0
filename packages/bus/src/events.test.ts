import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudEvent } from '@crossdock/connector-sdk';
import type { Lease } from '@crossdock/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { RELAY_CONSUMER, STREAMS } from './streams.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';
import type { WorkerSide } from './worker-side.ts';

let server: TestNatsServer;
let bus: Bus;
let side: WorkerSide;
let runner: { stop(graceMs: number): Promise<void> };
const leases: Pick<Lease, 'kind' | 'address' | 'command'>[] = [];
const work = async () => {
  runner = await side.consumeLeases({ concurrency: 32 }, async (lease) => {
    leases.push(lease);
    lease.ack();
  });
};

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  side = openWorkerSide(bus);
  await work();
});
afterAll(async () => {
  await runner.stop(100);
  await bus.close();
  await server.stop();
});

const anEvent = (more: Partial<CloudEvent> = {}): CloudEvent => ({
  specversion: '1.0',
  id: randomUUID(),
  source: 'crossdock/dev/orders',
  type: 'order.shipped',
  time: new Date().toISOString(),
  ...more,
});
const addressOf = (executionId: string) => ({ env: 'dev', flowId: 'orders', executionId });
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const LONG_AGO = '2020-01-01T00:00:00.000Z';
const bells = (executionId: string) =>
  leases.filter(({ command, address }) => command?.type === 'bell' && address.executionId === executionId).length;

describe('an event', () => {
  it('is stored once by source and id, however often and from wherever it is emitted', async () => {
    const { jsm } = partsOf(bus).link;
    const before = (await jsm.streams.info(STREAMS.events)).state.messages;
    const event = anEvent();
    await Promise.all(Array.from({ length: 10 }, () => side.events.emit('dev', 'A1', event)));
    await bus.events.emit('dev', 'A1', event);
    await bus.events.emit('dev', 'A1', { ...event, source: 'shop' });
    expect((await jsm.streams.info(STREAMS.events)).state.messages).toBe(before + 2);
  });

  it('is found by key and type, the oldest since a moment', async () => {
    const key = randomUUID();
    expect(await side.events.find({ env: 'dev', key, since: LONG_AGO })).toBeUndefined();
    const events = [anEvent(), anEvent({ type: 'order.paid' }), anEvent(), anEvent()];
    const stamps: string[] = [];
    for (const event of events) {
      stamps.push(new Date().toISOString());
      await side.events.emit('dev', key, event);
      await side.events.emit('dev', 'other', anEvent());
      await sleep(5);
    }
    const find = (since: string | undefined, eventType?: string) =>
      side.events.find({ env: 'dev', key, since: since ?? '', ...(eventType ? { eventType } : {}) });
    expect(await find(LONG_AGO)).toEqual(events[0]);
    expect(await find(stamps[1])).toEqual(events[1]);
    expect(await find(stamps[1], 'order.shipped')).toEqual(events[2]);
    expect(await find(stamps[3])).toEqual(events[3]);
    expect(await find(stamps[3], 'order.paid')).toBeUndefined();
    expect(await find(new Date(Date.now() + 1_000).toISOString())).toBeUndefined();
    expect(await side.events.find({ env: 'prod', key, since: LONG_AGO })).toBeUndefined();
  });

  it('is found among very many of its key', async () => {
    const key = randomUUID();
    const events = Array.from({ length: 300 }, (_, n) => anEvent({ type: n === 250 ? 'order.paid' : 'order.shipped' }));
    let since = '';
    for (const [n, event] of events.entries()) {
      if (n === 200) since = new Date().toISOString();
      await side.events.emit('dev', key, event);
      if (n === 199) await sleep(5);
    }
    expect(await side.events.find({ env: 'dev', key, since: LONG_AGO })).toEqual(events[0]);
    expect(await side.events.find({ env: 'dev', key, since })).toEqual(events[200]);
    expect(await side.events.find({ env: 'dev', key, since, eventType: 'order.paid' })).toEqual(events[250]);
    expect(await side.events.find({ env: 'dev', key, since, eventType: 'order.lost' })).toBeUndefined();
  });

  it('rings everyone who waits for its key, and nobody else', async () => {
    const [key, other] = [randomUUID(), randomUUID()];
    const waiting = Array.from({ length: 150 }, () => randomUUID());
    await Promise.all(waiting.map((id) => side.events.expect(addressOf(id), { key, until: inAnHour() })));
    const stranger = randomUUID();
    await side.events.expect(addressOf(stranger), { key: other, until: inAnHour() });
    await side.events.emit('dev', key, anEvent());
    await expect.poll(() => waiting.every((id) => bells(id) === 1), { timeout: 10_000 }).toBe(true);
    await side.events.emit('prod', key, anEvent());
    await sleep(300);
    expect(bells(stranger)).toBe(0);
    expect(waiting.every((id) => bells(id) === 1)).toBe(true);
  });

  it('that is never found after registering has rung: the two leave no gap', async () => {
    const rounds = Array.from({ length: 150 }, () => ({ key: randomUUID(), executionId: randomUUID() }));
    const foundAtOnce = await Promise.all(
      rounds.map(async ({ key, executionId }, n) => {
        const emitting = sleep(n % 5).then(() => side.events.emit('dev', key, anEvent()));
        await sleep((n * 3) % 5);
        await side.events.expect(addressOf(executionId), { key, until: inAnHour() });
        const found = await side.events.find({ env: 'dev', key, since: LONG_AGO });
        await emitting;
        return found !== undefined;
      }),
    );
    await expect
      .poll(() => rounds.every(({ executionId }, n) => foundAtOnce[n] || bells(executionId) > 0), { timeout: 10_000 })
      .toBe(true);
  });

  it('that nobody waits for does not stay with the relay', async () => {
    await side.events.emit('dev', randomUUID(), anEvent());
    const info = () => partsOf(bus).link.jsm.consumers.info(STREAMS.events, RELAY_CONSUMER);
    await expect
      .poll(async () => (await info()).num_pending + (await info()).num_ack_pending, { timeout: 15_000 })
      .toBe(0);
  });

  it('that came while no worker was there rings when one is, also after a crash of the server', async () => {
    const [key, executionId] = [randomUUID(), randomUUID()];
    await side.events.expect(addressOf(executionId), { key, until: inAnHour() });
    await runner.stop(100);
    await side.events.emit('dev', key, anEvent());
    await server.kill();
    await server.restart();
    await sleep(500);
    await work();
    await expect.poll(() => bells(executionId), { timeout: 15_000 }).toBeGreaterThan(0);
  });
});

describe('a relay', () => {
  it('that dies before it has rung leaves the event to another', async () => {
    const [key, executionId] = [randomUUID(), randomUUID()];
    await side.events.expect(addressOf(executionId), { key, until: inAnHour() });
    await runner.stop(100);
    await side.events.emit('dev', key, anEvent());
    const consumer = await partsOf(bus).link.js.consumers.get(STREAMS.events, RELAY_CONSUMER);
    expect((await consumer.next())?.json()).toMatchObject({ type: 'order.shipped' });
    await work();
    await expect.poll(() => bells(executionId), { timeout: 20_000 }).toBe(1);
  }, 30_000);
});

describe('a registration', () => {
  it('lasts a day longer than its wait, and of two waits as long as the longer one', async () => {
    const [key, executionId] = [randomUUID(), randomUUID()];
    const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
    const ttl = async () =>
      Number.parseInt(
        (await partsOf(bus).link.last(STREAMS.waits, `w.dev.*.orders.${executionId}`))?.header.get('Nats-TTL') ?? '0',
        10,
      );
    await side.events.expect(addressOf(executionId), { key, until: inMs(60_000) });
    expect(await ttl()).toBe(86_400 + 60);
    await side.events.expect(addressOf(executionId), { key, until: inMs(600_000) });
    expect(await ttl()).toBe(86_400 + 600);
    await side.events.expect(addressOf(executionId), { key, until: inMs(60_000) });
    expect(await ttl()).toBe(86_400 + 600);
    await side.events.expect(addressOf(randomUUID()), { key, until: LONG_AGO });
  });
});

describe('the feed of events', () => {
  const OPTIONS = { maxBatch: 1, maxWaitMs: 1 };

  it('says until when all is heard: up to the first that is not acked, and the present when all are', async () => {
    const heard: string[] = [];
    let stop = await bus.eventFeed.consume(
      OPTIONS,
      async (batch) => void heard.push(...batch.map(({ event }) => event.id)),
    );
    await bus.events.emit('dev', 'H1', anEvent({ id: 'first' }));
    await expect.poll(() => heard, { timeout: 20_000 }).toContain('first');
    const early = Date.now();
    await expect
      .poll(async () => (await bus.eventFeed.heardUntil()).getTime(), { timeout: 20_000 })
      .toBeGreaterThanOrEqual(early);
    await stop();
    await sleep(20);
    const between = Date.now();
    await sleep(20);
    await bus.events.emit('dev', 'H1', anEvent({ id: 'second' }));
    await sleep(20);
    await bus.events.emit('dev', 'H1', anEvent({ id: 'third' }));
    const after = Date.now();
    const until = (await bus.eventFeed.heardUntil()).getTime();
    expect(until).toBeGreaterThanOrEqual(between);
    expect(until).toBeLessThan(after);
    stop = await bus.eventFeed.consume(
      OPTIONS,
      async (batch) => void heard.push(...batch.map(({ event }) => event.id)),
    );
    await expect
      .poll(async () => (await bus.eventFeed.heardUntil()).getTime(), { timeout: 20_000 })
      .toBeGreaterThan(after);
    expect(heard.slice(-2)).toEqual(['second', 'third']);
    await stop();
  });
});
