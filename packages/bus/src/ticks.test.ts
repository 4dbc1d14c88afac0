import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus } from './connect.ts';
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

const schedule = { env: 'dev', flowId: 'orders', nodeId: 'nightly' };
const tickAt = (minute: number) => new Date(Date.UTC(2030, 0, 1, 0, minute)).toISOString();

it('a schedule advances once per tick, whoever asks, and keeps the last one through a crash', async () => {
  expect(await bus.ticks.last(schedule)).toBeUndefined();
  for (let minute = 0; minute < 10; minute++) {
    const { version } = (await bus.ticks.last(schedule)) ?? { version: 0 };
    const won = await Promise.all(
      Array.from({ length: 6 }, () => bus.ticks.advance(schedule, tickAt(minute), version)),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await bus.ticks.last(schedule)).toMatchObject({ tick: tickAt(minute) });
    expect(await bus.ticks.advance(schedule, tickAt(minute + 1), version)).toBe(false);
  }
  expect(await bus.ticks.last({ ...schedule, nodeId: 'other' })).toBeUndefined();
  const { version } = (await bus.ticks.last(schedule)) ?? { version: 0 };
  await server.kill();
  const advancing = bus.ticks.advance(schedule, tickAt(11), version);
  await server.restart();
  expect(await advancing).toBe(true);
  expect(await bus.ticks.last(schedule)).toMatchObject({ tick: tickAt(11) });
});
