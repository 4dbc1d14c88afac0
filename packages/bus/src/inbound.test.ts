import { setTimeout as sleep } from 'node:timers/promises';
import { RetentionPolicy } from '@nats-io/jetstream';
import { headers } from '@nats-io/nats-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Bus, InboundMessage } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';

let server: TestNatsServer;
const buses: Bus[] = [];
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  server = await startNatsServer();
  for (let n = 0; n < 2; n++) buses.push(await connectBus({ servers: server.url, replicas: 1, name: `test ${n}` }));
  await link().jsm.streams.add({ name: 'SHOP', subjects: ['shop.>'] });
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});
afterAll(async () => {
  for (const bus of buses) await bus.close();
  await server.stop();
});

const link = () => partsOf(buses[0] as Bus).link;
let nodes = 0;
const aSource = (more: { subject: string; stream?: string; nodeId?: string }) => ({
  env: 'dev',
  flowId: 'orders',
  nodeId: `in${++nodes}`,
  ...more,
});
async function subscribe(
  bus: Bus | undefined,
  source: ReturnType<typeof aSource>,
  handle: (message: InboundMessage) => Promise<void>,
) {
  const { stop } = await (bus as Bus).inbound.subscribe(source, handle);
  stops.push(stop);
  return stop;
}
const text = ({ data }: InboundMessage) => new TextDecoder().decode(data);

describe('messages as they pass by', () => {
  it('come to one of all processes, with what they carry, and can be answered', async () => {
    const source = aSource({ subject: 'crm.*.changed' });
    const seen: string[] = [];
    for (const bus of buses)
      await subscribe(bus, source, async (message) => {
        seen.push(text(message));
        expect(message.id).toBeUndefined();
        message.respond(`got ${text(message)} of ${message.headers['x-shop']}`);
      });
    for (const bus of buses) await partsOf(bus).link.nc.flush();
    const made = headers();
    made.set('X-Shop', 'north');
    const answer = await link().nc.request('crm.a.changed', 'hello', { headers: made, timeout: 5_000 });
    expect(answer.string()).toBe('got hello of north');
    for (let n = 0; n < 200; n++) link().nc.publish('crm.b.changed', String(n));
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(201);
    await sleep(100);
    expect(new Set(seen).size).toBe(201);
  });

  it('are handled to the end when listening stops', async () => {
    let done = 0;
    const source = aSource({ subject: 'drain.a' });
    const stop = await subscribe(buses[0], source, async () => {
      await sleep(50);
      done++;
    });
    for (let n = 0; n < 100; n++) link().nc.publish('drain.a', String(n));
    await link().nc.flush();
    await stop();
    expect(done).toBe(100);
  });
});

describe('messages of a stream', () => {
  it('come once over all processes, only new ones, each under an id that stays', async () => {
    await link().js.publish('shop.orders', 'before');
    const source = aSource({ subject: 'shop.orders', stream: 'SHOP' });
    const seen: { text: string; id: string | undefined; subject: string }[] = [];
    let failures = 1;
    for (const bus of buses)
      await subscribe(bus, source, async (message) => {
        seen.push({ text: text(message), id: message.id, subject: message.subject });
        if (text(message) === '7' && failures-- > 0) throw new Error('not now');
      });
    await link().js.publish('shop.other', 'x');
    for (let n = 0; n < 50; n++) await link().js.publish('shop.orders', String(n));
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(51);
    const sevens = seen.filter((message) => message.text === '7');
    expect(sevens).toHaveLength(2);
    expect(sevens[0]?.id).toBe(sevens[1]?.id);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(50);
    expect(seen.map((message) => message.text)).not.toContain('before');
  });

  it('that come while nobody listens wait, through a crash of the server too', async () => {
    const source = aSource({ subject: 'shop.late', stream: 'SHOP' });
    const seen: string[] = [];
    const handle = async (message: InboundMessage) => void seen.push(text(message));
    const stop = await subscribe(buses[0], source, handle);
    await link().js.publish('shop.late', '1');
    await expect.poll(() => seen, { timeout: 5_000 }).toEqual(['1']);
    await stop();
    await link().js.publish('shop.late', '2');
    await server.kill();
    await server.restart();
    await sleep(500);
    await subscribe(buses[1], source, handle);
    await expect.poll(() => seen, { timeout: 15_000 }).toContain('2');
  });

  it('are kept while they are handled for longer than the server waits', async () => {
    const source = aSource({ subject: 'shop.slow', stream: 'SHOP' });
    let begun = 0;
    let done = 0;
    await subscribe(buses[0], source, async () => {
      begun++;
      await sleep(11_500);
      done++;
    });
    await link().js.publish('shop.slow', 'x');
    await expect.poll(() => done, { timeout: 20_000 }).toBe(1);
    expect(begun).toBe(1);
  }, 30_000);

  it('follow a trigger that listens to another subject now', async () => {
    const source = aSource({ subject: 'shop.old', stream: 'SHOP' });
    const seen: string[] = [];
    const handle = async (message: InboundMessage) => void seen.push(text(message));
    await (await subscribe(buses[0], source, handle))();
    await subscribe(buses[0], { ...source, subject: 'shop.new' }, handle);
    await link().js.publish('shop.old', 'old');
    await link().js.publish('shop.new', 'new');
    await expect.poll(() => seen, { timeout: 10_000 }).toEqual(['new']);
  });

  it('of a work queue come from the first one on', async () => {
    await link().jsm.streams.add({ name: 'JOBS', subjects: ['jobs.>'], retention: RetentionPolicy.Workqueue });
    await link().js.publish('jobs.a', 'waiting');
    const seen: string[] = [];
    await subscribe(buses[0], aSource({ subject: 'jobs.a', stream: 'JOBS' }), async (m) => void seen.push(text(m)));
    await expect.poll(() => seen, { timeout: 10_000 }).toEqual(['waiting']);
    const second = aSource({ subject: 'jobs.a', stream: 'JOBS' });
    await expect(buses[0]?.inbound.subscribe(second, async () => undefined)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });
});

describe('a subscription', () => {
  it.each(['evt.>', 'j.dev.*.*', '>', '*.orders', '$JS.EVENT.>', '_INBOX.>', 'shop.>.orders', 'shop..a'])(
    'to "%s" is refused',
    async (subject) => {
      for (const stream of [undefined, 'SHOP'])
        await expect(
          buses[0]?.inbound.subscribe(aSource({ subject, ...(stream ? { stream } : {}) }), async () => undefined),
        ).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    },
  );

  it.each(['NOWHERE', 'EVT', 'a b', ''])('to a stream "%s" is refused', async (stream) => {
    const source = aSource({ subject: 'shop.orders', stream });
    await expect(buses[0]?.inbound.subscribe(source, async () => undefined)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });
});
