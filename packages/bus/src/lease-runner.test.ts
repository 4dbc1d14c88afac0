import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease } from '@crossdock/engine';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { hashToken, triggerConsumer } from './names.ts';
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
  await Promise.all(stops.splice(0).map((stop) => stop(0)));
  for (const { env, flowId } of bus.registry.deployments()) await bus.registry.deactivate(env, flowId);
  await partsOf(bus).link.jsm.streams.purge(STREAMS.triggers);
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

async function work(concurrency: number, carry: (lease: Lease, signal: AbortSignal) => Promise<void>) {
  const runner = await openWorkerSide(bus).consumeLeases({ concurrency }, carry);
  stops.push(runner.stop);
  return runner;
}

const accept = async (flowId: string, payload: unknown = {}) =>
  (await bus.triggers.accept(aTrigger({ flowId, payload }))).executionId;

describe('leases', () => {
  it('bring each trigger once, with its payload, a large one in its blob', async () => {
    await deployFlow(bus, 'each');
    const seen = new Map<string, unknown>();
    await work(8, async (lease) => {
      expect(lease).toMatchObject({ kind: 'trigger', deliveryCount: 1, token: lease.address.executionId });
      const { payload, payloadBlob } = (await lease.trigger?.()) ?? {};
      seen.set(lease.address.executionId, payloadBlob ?? payload);
      lease.ack();
    });
    const large = { text: 'x'.repeat(300_000) };
    const ids = await Promise.all([...Array(40).keys()].map((n) => accept('each', { n })));
    const largeId = await accept('each', large);
    await expect.poll(() => seen.size, { timeout: 10_000 }).toBe(41);
    expect([...seen.keys()].sort()).toEqual([...ids, largeId].sort());
    expect(JSON.parse(Buffer.from(await bus.blobs.get(String(seen.get(largeId)))).toString())).toEqual(large);
  });

  it('say in which lane they stand, and let a lane’s many through quickly', async () => {
    await deployFlow(bus, 'lanes');
    const lanes = new Map<string, string | undefined>();
    await work(8, async ({ address, lane, ack }) => {
      lanes.set(address.executionId, lane);
      ack();
    });
    const unordered = await accept('lanes');
    const ids = await Promise.all(
      Array.from({ length: 2_000 }, async () => {
        const trigger = aTrigger({ flowId: 'lanes', orderingKey: 'K' });
        return (await bus.triggers.accept(trigger)).executionId;
      }),
    );
    await expect.poll(() => lanes.size, { timeout: 20_000 }).toBe(2_001);
    expect(lanes.get(unordered)).toBeUndefined();
    expect(new Set(ids.map((id) => lanes.get(id)))).toEqual(new Set([hashToken('K')]));
  });

  it('come again when released, and count their deliveries', async () => {
    await deployFlow(bus, 'again');
    const counts: number[] = [];
    await work(2, async (lease) => {
      counts.push(lease.deliveryCount);
      if (lease.deliveryCount < 3) lease.release(50);
      else lease.ack();
    });
    await accept('again');
    await expect.poll(() => counts, { timeout: 10_000 }).toEqual([1, 2, 3]);
  });

  it('never exceed the slots, nor the concurrency of their flow', async () => {
    await deployFlow(bus, 'narrow', { concurrency: 3 });
    await deployFlow(bus, 'wide');
    const now = { narrow: 0, wide: 0 };
    const most = { narrow: 0, wide: 0, all: 0 };
    let done = 0;
    await work(6, async (lease) => {
      const flowId = lease.address.flowId as 'narrow' | 'wide';
      now[flowId]++;
      most[flowId] = Math.max(most[flowId], now[flowId]);
      most.all = Math.max(most.all, now.narrow + now.wide);
      await sleep(10);
      now[flowId]--;
      done++;
      lease.ack();
    });
    await Promise.all([...Array(80).keys()].map((n) => accept(n % 2 ? 'narrow' : 'wide')));
    await expect.poll(() => done, { timeout: 20_000 }).toBe(80);
    expect(most.narrow).toBeLessThanOrEqual(3);
    expect(most.all).toBeLessThanOrEqual(6);
  });

  it('of a flow that hangs leave room for the others', async () => {
    await deployFlow(bus, 'hanging');
    await deployFlow(bus, 'brisk');
    await Promise.all([...Array(30).keys()].map(() => accept('hanging')));
    let brisk = 0;
    await work(4, async (lease, signal) => {
      if (lease.address.flowId === 'hanging')
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      else brisk++;
      lease.ack();
    });
    await Promise.all([...Array(10).keys()].map(() => accept('brisk')));
    await expect.poll(() => brisk, { timeout: 10_000 }).toBe(10);
  });

  it('that only wait leave their places to others', async () => {
    await deployFlow(bus, 'queues');
    const came: string[] = [];
    let go = (): void => undefined;
    const permitted = new Promise<void>((resolve) => {
      go = resolve;
    });
    await work(2, async (lease) => {
      lease.idle?.(true);
      came.push(lease.address.executionId);
      await permitted;
      lease.idle?.(false);
      lease.ack();
    });
    const ids = await Promise.all(Array.from({ length: 6 }, () => accept('queues')));
    await expect.poll(() => [...came].sort(), { timeout: 10_000 }).toEqual([...ids].sort());
    go();
  });

  it('are kept while work takes longer than the server waits for an ack', async () => {
    await deployFlow(bus, 'slow');
    const counts: number[] = [];
    await work(1, async (lease) => {
      counts.push(lease.deliveryCount);
      await sleep(11_500);
      lease.ack();
    });
    await accept('slow');
    await accept('slow');
    await expect.poll(() => counts, { timeout: 30_000 }).toEqual([1, 1]);
  }, 40_000);

  it('of an undeployed flow still come, and a later deployment brings nothing twice', async () => {
    await deployFlow(bus, 'gone');
    const first = await work(1, async (lease) => lease.release(0));
    await first.stop(0);
    const ids = [await accept('gone'), await accept('gone')];
    await bus.registry.deactivate('dev', 'gone');
    const seen: string[] = [];
    const carry = async (lease: Lease) => {
      seen.push(lease.address.executionId);
      lease.ack();
    };
    await work(2, carry);
    await expect.poll(() => seen.length, { timeout: 15_000 }).toBe(2);
    expect(seen.sort()).toEqual(ids.sort());
    await deployFlow(bus, 'gone');
    ids.push(await accept('gone'));
    await expect.poll(() => seen.length, { timeout: 15_000 }).toBe(3);
    expect(seen.at(-1)).toBe(ids.at(-1));
  });
});

describe('stopping', () => {
  it('gives back at once what only waits, lets the running end, and leaves nothing behind', async () => {
    await deployFlow(bus, 'stopped');
    const ids = await Promise.all([...Array(5).keys()].map(() => accept('stopped')));
    const begun: string[] = [];
    const finished: string[] = [];
    const first = await work(1, async (lease) => {
      begun.push(lease.address.executionId);
      await sleep(500);
      finished.push(lease.address.executionId);
      lease.ack();
    });
    await expect.poll(() => begun.length, { timeout: 10_000 }).toBe(1);
    const start = Date.now();
    const stopping = first.stop(5_000);
    const rest: string[] = [];
    await work(8, async (lease) => {
      rest.push(lease.address.executionId);
      lease.ack();
    });
    await expect.poll(() => rest.length, { timeout: 8_000 }).toBe(4);
    await stopping;
    expect(Date.now() - start).toBeLessThan(8_000);
    expect(finished).toEqual(begun);
    expect([...finished, ...rest].sort()).toEqual(ids.sort());
  });

  it('aborts what does not end in time and gives it back', async () => {
    await deployFlow(bus, 'stubborn');
    await accept('stubborn');
    let reason: unknown;
    const first = await work(1, async (_lease, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      reason = signal.reason;
    });
    await expect.poll(() => first.inFlight(), { timeout: 10_000 }).toBe(1);
    await first.stop(50);
    expect(reason).toMatchObject({ code: 'SYSTEM_STOPPING' });
    const counts: number[] = [];
    await work(1, async (lease) => {
      counts.push(lease.deliveryCount);
      lease.ack();
    });
    await expect.poll(() => counts, { timeout: 15_000 }).toEqual([2]);
  }, 30_000);
});

describe('trouble', () => {
  it('a carry that throws gives its lease back; the worker lives on', async () => {
    await deployFlow(bus, 'throwing');
    const counts: number[] = [];
    await work(1, async (lease) => {
      counts.push(lease.deliveryCount);
      if (lease.deliveryCount === 1) throw new Error('boom');
      lease.ack();
    });
    await accept('throwing');
    await expect.poll(() => counts, { timeout: 10_000 }).toEqual([1, 2]);
  });

  it('a lost consumer is made again and brings nothing that was done', async () => {
    await deployFlow(bus, 'lost');
    const link = partsOf(bus).link;
    const seen: string[] = [];
    await work(2, async (lease) => {
      if (lease.address.flowId === 'lost') seen.push(lease.address.executionId);
      lease.ack();
    });
    const done = await accept('lost');
    await expect.poll(() => seen, { timeout: 10_000 }).toEqual([done]);
    const name = triggerConsumer('dev', 'lost');
    await expect
      .poll(async () => (await link.last('KV_WM', `$KV.WM.${name}`))?.string() ?? '', { timeout: 15_000 })
      .toContain('floor');
    await link.jsm.consumers.delete(STREAMS.triggers, name);
    const next = await accept('lost');
    await expect.poll(() => seen, { timeout: 20_000 }).toEqual([done, next]);
  }, 60_000);

  it('a crash of the server loses nothing that was accepted', async () => {
    await deployFlow(bus, 'crashing');
    const seen = new Set<string>();
    await work(4, async (lease) => {
      await sleep(5);
      seen.add(lease.address.executionId);
      lease.ack();
    });
    const accepted: string[] = [];
    let refused = 0;
    const sender = (async () => {
      for (let n = 0; n < 150; n++)
        await accept('crashing').then(
          (id) => accepted.push(id),
          () => refused++,
        );
    })();
    await sleep(60);
    await server.kill();
    await server.restart();
    await sender;
    await expect.poll(() => accepted.filter((id) => !seen.has(id)), { timeout: 30_000 }).toEqual([]);
    expect(accepted.length + refused).toBe(150);
    expect(accepted.length).toBeGreaterThan(100);
  }, 60_000);
});
