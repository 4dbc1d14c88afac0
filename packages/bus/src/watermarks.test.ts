import type { Lease } from '@crossdock/engine';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { triggerConsumer } from './names.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { STREAMS } from './streams.ts';
import { aTrigger, deployFlow } from './testing/fixtures.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';

let server: TestNatsServer;
let bus: Bus;
const stops: ((graceMs: number) => Promise<void>)[] = [];

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop(100)));
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

const link = () => partsOf(bus).link;
async function work() {
  const side = openWorkerSide(bus);
  const seen: Pick<Lease, 'isOld' | 'address'>[] = [];
  const { stop } = await side.consumeLeases({ concurrency: 4 }, async (lease) => {
    seen.push(lease);
    lease.ack();
  });
  stops.push(stop);
  return { seen, stop, oldTriggers: () => side.oldTriggers() };
}
const accept = async (flowId: string) => (await bus.triggers.accept(aTrigger({ flowId }))).executionId;
const watermark = async (flowId: string) => {
  const stored = await link().last('KV_WM', `$KV.WM.${triggerConsumer('dev', flowId)}`);
  return stored?.json<{ floor: number; at: string }>();
};

describe('a watermark', () => {
  it('tells what a consumer brings again that had gone back, and only that', async () => {
    await deployFlow(bus, 'back');
    const { seen, oldTriggers } = await work();
    const ids = [await accept('back'), await accept('back'), await accept('back')];
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(3);
    expect(seen.every(({ isOld }) => isOld === undefined)).toBe(true);
    await expect.poll(async () => (await watermark('back'))?.floor, { timeout: 15_000 }).toBeGreaterThanOrEqual(3);
    const name = triggerConsumer('dev', 'back');
    await link().jsm.consumers.reset(STREAMS.triggers, name, 1);
    const late = await accept('back');
    await expect.poll(() => seen.length, { timeout: 15_000 }).toBe(7);
    const again = seen.slice(3).map(({ address, isOld }) => [address.executionId, isOld]);
    expect(again).toEqual([...ids.map((id) => [id, true]), [late, undefined]]);
    expect(oldTriggers()).toBe(3);
  });

  it('never hides a trigger that was stored after it, as on a stream that lost its end', async () => {
    await deployFlow(bus, 'tail');
    const name = triggerConsumer('dev', 'tail');
    const saved = { floor: 1_000_000, at: new Date().toISOString() };
    await link().js.publish(`$KV.WM.${name}`, JSON.stringify(saved));
    const id = await accept('tail');
    const { seen, oldTriggers } = await work();
    await expect.poll(() => seen.map(({ address }) => address.executionId), { timeout: 10_000 }).toEqual([id]);
    expect(seen[0]?.isOld).toBeUndefined();
    expect(oldTriggers()).toBe(0);
  });
});
