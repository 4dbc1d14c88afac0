import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { DEDUPE_WINDOW_MS } from './key-claims.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { STREAMS } from './streams.ts';
import { sweepTriggers } from './sweep-triggers.ts';
import { aTrigger, deployFlow } from './testing/fixtures.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';

let server: TestNatsServer;
let bus: Bus;

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test', limits: { triggerBytes: 180_000 } });
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

const state = async () => (await partsOf(bus).link.jsm.streams.info(STREAMS.triggers)).state;
const payload = 'x'.repeat(1_000);

it('makes room of finished triggers only, keeps dedupe keys for a day and everything unfinished', async () => {
  await deployFlow(bus, 'done');
  await deployFlow(bus, 'stuck');
  const { stop } = await openWorkerSide(bus).consumeLeases({ concurrency: 8 }, async (lease) => {
    if (lease.address.flowId === 'done') lease.ack();
  });
  const accept = (flowId: string, dedupeKey?: string) =>
    bus.triggers.accept(aTrigger({ flowId, payload, ...(dedupeKey === undefined ? {} : { dedupeKey }) }));
  for (let n = 0; n < 20; n++) await accept('stuck');
  for (let n = 0; n < 30; n++) await accept('done', `k${n}`);
  expect(await sweepTriggers(partsOf(bus).link)).toBe(0);
  for (let n = 0; n < 50; n++) await accept('done');
  const consumer = 'w_dev_done';
  await expect
    .poll(async () => (await partsOf(bus).link.jsm.consumers.info(STREAMS.triggers, consumer)).ack_floor.stream_seq, {
      timeout: 10_000,
    })
    .toBe(100);

  expect((await state()).messages).toBe(100);
  expect(await sweepTriggers(partsOf(bus).link)).toBe(50);
  expect((await accept('done', 'k1')).duplicate).toBe(true);

  for (let n = 0; n < 70; n++) await accept('stuck');
  expect(await sweepTriggers(partsOf(bus).link, { now: () => Date.now() + DEDUPE_WINDOW_MS + 1_000 })).toBe(30);
  expect((await state()).messages).toBe(90);
  await stop(0);
});
