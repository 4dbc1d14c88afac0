import { randomUUID } from 'node:crypto';
import type { BreakerState } from '@crossdock/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { STREAMS } from './streams.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';
import type { WorkerSide } from './worker-side.ts';

let server: TestNatsServer;
const buses: Bus[] = [];
const sides: WorkerSide[] = [];

beforeAll(async () => {
  server = await startNatsServer();
  for (let n = 0; n < 2; n++) {
    const bus = await connectBus({ servers: server.url, replicas: 1, name: `test ${n}` });
    buses.push(bus);
    sides.push(openWorkerSide(bus));
  }
});
afterAll(async () => {
  for (const bus of buses) await bus.close();
  await server.stop();
});

const [one, two] = [() => sides[0]?.guards as WorkerSide['guards'], () => sides[1]?.guards as WorkerSide['guards']];
const open = (until: number): BreakerState => ({ state: 'open', until, opens: 1 });

describe('a circuit breaker', () => {
  it('is seen by every worker, and set by one of many', async () => {
    const scope = `http ${randomUUID()}`;
    expect(one().breaker(scope)).toBeUndefined();
    for (let version = 0, round = 1; round < 6; round++) {
      const states = Array.from({ length: 10 }, (_, n) => open(round * 100 + n));
      const won = await Promise.all(
        states.map((state, n) => (n % 2 ? one() : two()).setBreaker(scope, state, version)),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      for (const guards of [one(), two()])
        await expect.poll(() => guards.breaker(scope)?.value, { timeout: 5_000 }).toEqual(states[won.indexOf(true)]);
      version = one().breaker(scope)?.version ?? 0;
      expect(two().breaker(scope)?.version).toBe(version);
    }
  });

  it('is not set while the bus is away, and nobody waits long to hear it', async () => {
    await server.kill();
    const start = Date.now();
    expect(await one().setBreaker('away', open(1), 0)).toBe(false);
    await expect(one().takePermits('away', { startMs: 0, limit: 1, wanted: 1 })).rejects.toMatchObject({
      code: 'SYSTEM_BUS_UNAVAILABLE',
    });
    expect(Date.now() - start).toBeLessThan(3_000);
    await server.restart();
    await expect.poll(() => one().setBreaker('away', open(1), 0), { timeout: 10_000 }).toBe(true);
    await expect.poll(() => two().breaker('away')?.value, { timeout: 10_000 }).toEqual(open(1));
  });
});

describe('permits', () => {
  it('of a window are given out once, however many workers ask at once', async () => {
    const scope = randomUUID();
    const ask = (startMs: number, wanted: number) => async (_: unknown, n: number) =>
      (n % 2 ? one() : two()).takePermits(scope, { startMs, limit: 100, wanted });
    const given = await Promise.all(Array.from({ length: 60 }, ask(1_000, 3)));
    expect(given.reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(Math.max(...given)).toBe(3);
    expect(await one().takePermits(scope, { startMs: 1_000, limit: 100, wanted: 1 })).toBe(0);
    expect(await one().takePermits(scope, { startMs: 2_000, limit: 100, wanted: 7 })).toBe(7);
    expect(await one().takePermits('other', { startMs: 1_000, limit: 100, wanted: 200 })).toBe(100);
  });

  it('of windows long past are forgotten', async () => {
    const scope = randomUUID();
    const other = await connectBus({ servers: server.url, replicas: 1, name: 'later' });
    for (let startMs = 0; startMs < 20; startMs++) await one().takePermits(scope, { startMs, limit: 1, wanted: 1 });
    const { jsm } = partsOf(other).link;
    const before = (await jsm.streams.info(STREAMS.permits)).state.messages;
    await openWorkerSide(other).guards.takePermits(scope, { startMs: 20, limit: 1, wanted: 1 });
    await expect.poll(async () => (await jsm.streams.info(STREAMS.permits)).state.messages).toBe(before - 20 + 2 + 1);
    await other.close();
  });
});
