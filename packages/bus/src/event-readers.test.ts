import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bus, EventReader, StoredEvent } from './bus.ts';
import { connectBus } from './connect.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';

let server: TestNatsServer;
let bus: Bus;
/** What a dead process had in hand comes again after 8 s; a test that waits for less shows that its place was taken. */
const SOON = { timeout: 6_000, interval: 20 };

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

const readerIn = (env: string, more: Partial<EventReader> = {}): EventReader => ({
  ...{ name: `r_${env}`, env, atOnce: 16, since: new Date(0) },
  ...more,
});

async function emit(env: string, ...told: string[]): Promise<void> {
  for (const id of told)
    await bus.events.emit(env, id.slice(0, 1), {
      ...{ specversion: '1.0', id, source: 's', type: 't', time: '2026-11-30T08:00:00.000Z' },
    });
}

const idsOf = (events: readonly StoredEvent[]): string[] => events.map(({ event }) => String(event.id));

describe('a reader', () => {
  test('may begin before anything was ever told', async () => {
    const heard: StoredEvent[] = [];
    const reading = await bus.eventReaders.read(readerIn('e0'), async (event) => void heard.push(event));
    await emit('e0', 'a1');
    await expect.poll(() => idsOf(heard), SOON).toEqual(['a1']);
    await reading.stop();
  });

  test('whose connection is closed under it ends without noise', async () => {
    const closed = await connectBus({ servers: server.url, replicas: 1, name: 'closed' });
    const heard: string[] = [];
    await closed.eventReaders.read(readerIn('e7', { atOnce: 1 }), async ({ event }) => {
      heard.push(String(event.id));
      await closed.close();
    });
    await emit('e7', 'a1');
    // What is thrown then by nobody's promise fails the run.
    await expect.poll(() => heard, SOON).toEqual(['a1']);
    await sleep(50);
  });

  test('gets each event of its environment, goes on where it stood, and knows how many are left', async () => {
    const heard: StoredEvent[] = [];
    const handle = async (event: StoredEvent) => void heard.push(event);
    await emit('e1', 'a1', 'b1', 'a2');
    await emit('other', 'x1');
    expect(await bus.eventReaders.waiting('r_e1')).toBeUndefined();
    const first = await bus.eventReaders.read(readerIn('e1'), handle);
    await expect.poll(() => idsOf(heard), SOON).toEqual(['a1', 'b1', 'a2']);
    await expect.poll(() => bus.eventReaders.waiting('r_e1'), SOON).toBe(0);
    await first.stop();
    await emit('e1', 'a3', 'c1');
    expect(await bus.eventReaders.waiting('r_e1')).toBe(2);
    const second = await bus.eventReaders.read(readerIn('e1'), handle);
    await expect.poll(() => idsOf(heard).slice(3), SOON).toEqual(['a3', 'c1']);
    await second.stop();
    expect(heard[0]?.storedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  test('begins with what was stored since its time, and anew when it is rewound', async () => {
    await emit('e2', 'a1');
    await sleep(20);
    const since = new Date();
    await emit('e2', 'a2');
    const heard: StoredEvent[] = [];
    const handle = async (event: StoredEvent) => void heard.push(event);
    const first = await bus.eventReaders.read(readerIn('e2', { since }), handle);
    await expect.poll(() => idsOf(heard), SOON).toEqual(['a2']);
    await first.stop();
    await bus.eventReaders.rewind(readerIn('e2'));
    expect(await bus.eventReaders.waiting('r_e2')).toBe(2);
    const second = await bus.eventReaders.read(readerIn('e2'), handle);
    await expect.poll(() => idsOf(heard), SOON).toEqual(['a2', 'a1', 'a2']);
    await second.stop();
    await bus.eventReaders.remove('r_e2');
    expect(await bus.eventReaders.waiting('r_e2')).toBeUndefined();
    await bus.eventReaders.remove('r_e2');
  });

  test('tries an event again, keeps what comes behind it of its key waiting, and nothing else', async () => {
    await emit('e3', 'a1', 'a2', 'b1');
    const heard: StoredEvent[] = [];
    let failures = 2;
    const reading = await bus.eventReaders.read(readerIn('e3'), async (stored) => {
      if (stored.event.id === 'a1' && failures-- > 0) throw new Error('not now');
      heard.push(stored);
    });
    await expect.poll(() => idsOf(heard), SOON).toEqual(['b1', 'a1', 'a2']);
    await reading.stop();
  });

  test('that was stopped in the midst comes back to the first that is not done, before anything newer', async () => {
    await emit('e4', 'a1', 'a2', 'b1');
    const done: string[] = [];
    const stuck = await bus.eventReaders.read(readerIn('e4'), async ({ event }, signal) => {
      if (event.id === 'a1') await sleep(60_000, undefined, { signal });
      done.push(String(event.id));
    });
    await expect.poll(() => done, SOON).toEqual(['b1']);
    await stuck.stop();
    await emit('e4', 'a3');
    const next = await bus.eventReaders.read(readerIn('e4'), async ({ event }) => void done.push(String(event.id)));
    await expect.poll(() => done.filter((id) => id.startsWith('a')), SOON).toEqual(['a1', 'a2', 'a3']);
    await next.stop();
  });

  test('whose process dies is followed by one that keeps the order', async () => {
    await emit('e5', 'a1', 'a2');
    const dying = await connectBus({ servers: server.url, replicas: 1, name: 'dying' });
    let hasBegun = false;
    await dying.eventReaders.read(readerIn('e5'), async (_event, signal) => {
      hasBegun = true;
      await sleep(60_000, undefined, { signal });
    });
    await expect.poll(() => hasBegun, SOON).toBe(true);
    await dying.close();
    await emit('e5', 'a3');
    const done: string[] = [];
    const next = await bus.eventReaders.read(readerIn('e5'), async ({ event }) => void done.push(String(event.id)));
    await expect.poll(() => done, SOON).toEqual(['a1', 'a2', 'a3']);
    await next.stop();
  });

  test('shared by processes gives each event to one of them, in order', async () => {
    const told = Array.from({ length: 40 }, (_, n) => `a${n}`);
    const other = await connectBus({ servers: server.url, replicas: 1, name: 'other' });
    const done: string[] = [];
    const handle = async ({ event }: StoredEvent) => {
      await sleep(2);
      done.push(String(event.id));
    };
    const shared = readerIn('e6', { atOnce: 1 });
    const readings = await Promise.all([bus, other].map((one) => one.eventReaders.read(shared, handle)));
    await emit('e6', ...told);
    await expect.poll(() => done.length, { timeout: 15_000 }).toBe(40);
    expect(done).toEqual(told);
    await Promise.all(readings.map((reading) => reading.stop()));
    await other.close();
  });
});
