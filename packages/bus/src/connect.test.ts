import { createHash, randomBytes } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { NO_LOG } from './bus-log.ts';
import { connectBus, partsOf } from './connect.ts';
import { checkServerVersion } from './set-up.ts';
import { STREAMS } from './streams.ts';
import { aTrigger } from './testing/fixtures.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';

let server: TestNatsServer;
let bus: Bus;
const options = () => ({ servers: server.url, replicas: 1, name: 'test' });

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus(options());
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

describe('connecting', () => {
  it('leaves the streams as they are the second time, and adjusts what differs', async () => {
    const { jsm } = partsOf(bus).link;
    const before = await jsm.streams.info(STREAMS.triggers);
    const notes: unknown[] = [];
    const log = { ...NO_LOG, info: (fields: unknown) => notes.push(fields) };
    await (await connectBus({ ...options(), log })).close();
    expect(notes).toEqual([]);
    await (await connectBus({ ...options(), log, limits: { triggerBytes: 50_000_000 } })).close();
    const after = await jsm.streams.info(STREAMS.triggers);
    expect(after.config).toEqual({ ...before.config, max_bytes: 50_000_000 });
    expect(notes).toHaveLength(1);
    await (await connectBus({ ...options(), log })).close();
    expect((await jsm.streams.info(STREAMS.triggers)).config.max_bytes).toBe(50_000_000);
    expect(notes).toHaveLength(1);
  });

  it('keeps the trigger store from throwing anything away and schedules from meeting discard new', async () => {
    const { jsm } = partsOf(bus).link;
    const configs = await Promise.all(
      Object.values(STREAMS).map(async (name) => (await jsm.streams.info(name)).config),
    );
    expect(configs.find(({ name }) => name === STREAMS.triggers)).toMatchObject({ discard: 'new', max_age: 0 });
    for (const config of configs) if (config.allow_msg_schedules) expect(config.discard).toBe('old');
  });

  it.each([
    ['Authentication Timeout', 'SYSTEM_BUS_UNAVAILABLE'],
    ['Authorization Violation', 'CONFIG_INVALID'],
  ])('tells a server that was too busy to sign it in from one that refuses it: %s', async (refusal, code) => {
    const refusing = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('INFO {"server_id":"x","version":"2.14.0","proto":1,"headers":true,"max_payload":1048576}\r\n');
      socket.once('data', () => socket.end(`-ERR '${refusal}'\r\n`));
    });
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    const servers = `nats://127.0.0.1:${(refusing.address() as AddressInfo).port}`;
    await expect(connectBus({ ...options(), servers })).rejects.toMatchObject({ code });
    await new Promise((resolve) => refusing.close(resolve));
  });

  it('refuses a server that is too old and tells of one with known defects', () => {
    expect(() => checkServerVersion('2.13.9')).toThrow(/2\.13\.9/);
    expect(() => checkServerVersion('2.14.0-RC.1')).toThrow(/2\.14\.0-RC\.1/);
    expect(checkServerVersion('2.14.4')).toEqual({ version: '2.14.4' });
    expect(checkServerVersion('2.15.0')).toEqual({ version: '2.15.0' });
    expect(checkServerVersion('2.14.3')).toEqual({ version: '2.14.3', preferred: '2.14.4' });
  });

  it('says so when nobody listens there', async () => {
    await expect(connectBus({ ...options(), servers: 'nats://127.0.0.1:1' })).rejects.toMatchObject({
      code: 'SYSTEM_BUS_UNAVAILABLE',
    });
  });

  it('checks that the server answers', async () => {
    expect(await bus.check()).toMatchObject({ version: expect.stringMatching(/^2\./), rttMs: expect.any(Number) });
  });
});

describe('blobs', () => {
  it.each([0, 1, 128 * 1024, 3_000_001])('come back as they went, with %d bytes', async (size) => {
    const bytes = randomBytes(size);
    const blob = await bus.blobs.put(bytes, 'application/pdf');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(blob).toEqual({ ref: expect.any(String), contentType: 'application/pdf', size, sha256 });
    expect(Buffer.compare(Buffer.from(await bus.blobs.get(blob.ref)), bytes)).toBe(0);
  });

  it('say when they do not exist', async () => {
    await expect(bus.blobs.get('nothing')).rejects.toMatchObject({ code: 'API_NOT_FOUND' });
  });
});

describe('trouble', () => {
  it('of a full store is told apart from a bus that is away', async () => {
    const small = await connectBus({ ...options(), limits: { triggerBytes: 20_000 } });
    const fill = async () => {
      for (let n = 0; n < 30; n++) await small.triggers.accept(aTrigger({ payload: 'x'.repeat(2_000) }));
    };
    await expect(fill()).rejects.toMatchObject({ code: 'SYSTEM_BUS_FULL' });
    await small.close();
    await (await connectBus(options())).close();
    expect((await bus.triggers.accept(aTrigger())).duplicate).toBe(false);
  });

  it('of a server that is away is told quickly', async () => {
    await server.kill();
    const start = Date.now();
    await expect(bus.triggers.accept(aTrigger())).rejects.toMatchObject({ code: 'SYSTEM_BUS_UNAVAILABLE' });
    await expect(bus.check()).rejects.toMatchObject({ code: 'SYSTEM_BUS_UNAVAILABLE' });
    expect(Date.now() - start).toBeLessThan(5_000);
    await server.restart();
    await expect
      .poll(
        () =>
          bus.check().then(
            () => true,
            () => false,
          ),
        { timeout: 10_000 },
      )
      .toBe(true);
    expect((await bus.triggers.accept(aTrigger())).duplicate).toBe(false);
  });
});
