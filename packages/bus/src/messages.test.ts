import { randomUUID } from 'node:crypto';
import type { Msg } from '@nats-io/nats-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';

let server: TestNatsServer;
let bus: Bus;

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

const send = (message: Partial<Parameters<ReturnType<typeof portOf>['publish']>[0]>) =>
  portOf().publish({ subject: 'erp.orders', payload: {}, headers: {}, id: randomUUID(), confirm: false, ...message });
const portOf = () => openWorkerSide(bus).messages('dev');

async function hear(subject: string): Promise<Msg[]> {
  const heard: Msg[] = [];
  partsOf(bus).link.nc.subscribe(subject, { callback: (_error, message) => void heard.push(message) });
  await partsOf(bus).link.nc.flush();
  return heard;
}

describe('a message for another system', () => {
  it('goes out as JSON, or as the text it is, with its headers and id', async () => {
    const heard = await hear('erp.>');
    expect(await send({ payload: { orderNo: 'A1' }, headers: { 'X-Shop': 'north' }, id: 'id-1' })).toEqual({});
    await send({ subject: 'erp.text', payload: 'ISA*00*' });
    await expect.poll(() => heard.length, { timeout: 5_000 }).toBe(2);
    expect(heard[0]?.json()).toEqual({ orderNo: 'A1' });
    expect(heard[0]?.headers?.get('X-Shop')).toBe('north');
    expect(heard[0]?.headers?.get('Nats-Msg-Id')).toBe('id-1');
    expect(heard[1]).toMatchObject({ subject: 'erp.text' });
    expect(heard[1]?.string()).toBe('ISA*00*');
  });

  it('is stored once by its id where a stream has to confirm it', async () => {
    await partsOf(bus).link.jsm.streams.add({ name: 'ERP', subjects: ['kept.>'] });
    const first = await send({ subject: 'kept.orders', id: 'id-2', confirm: true });
    expect(first).toEqual({ stream: 'ERP', seq: 1 });
    expect(await send({ subject: 'kept.orders', id: 'id-2', confirm: true })).toEqual(first);
    expect((await partsOf(bus).link.jsm.streams.info('ERP')).state.messages).toBe(1);
  });

  it('that no stream takes is refused, one that a stream has no room for is tried again', async () => {
    await expect(send({ subject: 'nobody.listens', confirm: true })).rejects.toMatchObject({ code: 'REMOTE_REJECTED' });
    const small = { name: 'SMALL', subjects: ['small.>'], max_msg_size: 100 };
    await partsOf(bus).link.jsm.streams.add(small);
    const large = { subject: 'small.a', payload: 'x'.repeat(200), confirm: true };
    await expect(send(large)).rejects.toMatchObject({ code: 'REMOTE_REJECTED' });
    await partsOf(bus).link.jsm.streams.add({
      name: 'FULL',
      subjects: ['full.>'],
      max_msgs: 1,
      discard: 'new' as never,
    });
    await send({ subject: 'full.a', confirm: true });
    await expect(send({ subject: 'full.a', confirm: true })).rejects.toMatchObject({ code: 'REMOTE_UNAVAILABLE' });
  });

  it.each([
    'evt.dev.orders.u._',
    'j.dev.orders.x',
    'run.q.dev.orders.x',
    'w.a',
    'ord.dev.a.b',
    '$JS.API.STREAM.PURGE.EVT',
    '$KV.ACTIVE.dev.orders',
    '_INBOX.a',
    'fl.reply.a',
    'erp.*',
    'erp.>',
    '>',
    'erp..orders',
    'erp orders',
    '',
  ])('does not go to "%s"', async (subject) => {
    await expect(send({ subject })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(send({ subject, confirm: true })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('says so when its headers cannot be sent, and when the bus is away', async () => {
    await expect(send({ headers: { 'a b': 'c' } })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(send({ headers: { a: 'b\r\nc: d' } })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await server.kill();
    await expect.poll(() => partsOf(bus).link.isConnected(), { timeout: 5_000 }).toBe(false);
    await expect(send({})).rejects.toMatchObject({ code: 'SYSTEM_BUS_UNAVAILABLE' });
    await expect(send({ confirm: true })).rejects.toMatchObject({ code: 'SYSTEM_BUS_UNAVAILABLE' });
    await server.restart();
  });
});
