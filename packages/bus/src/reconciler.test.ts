import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JournalSnapshot, Lease } from '@crossdock/engine';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { openWorkerSide, type WorkerSideOptions } from './open-worker-side.ts';
import { reconcile } from './reconciler.ts';
import { aSnapshot, aTrigger, deployFlow } from './testing/fixtures.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';
import type { WorkerSide } from './worker-side.ts';

const TIMES = { overdueMs: 500, stillMs: 1_000 };

let server: TestNatsServer;
let bus: Bus;
const stops: ((graceMs: number) => Promise<void>)[] = [];
const leases: Pick<Lease, 'kind' | 'token' | 'address' | 'command'>[] = [];

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  await deployFlow(bus, 'orders');
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop(100)));
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

const side = () => openWorkerSide(bus);
async function work(options: WorkerSideOptions = {}): Promise<WorkerSide> {
  const worker = openWorkerSide(bus, options);
  const { stop } = await worker.consumeLeases({ concurrency: 16 }, async (lease) => {
    leases.push(lease);
    lease.ack();
  });
  stops.push(stop);
  return worker;
}
const look = () => reconcile(partsOf(bus).link, TIMES);
const leasesOf = (executionId: string) => leases.filter(({ address }) => address.executionId === executionId);
const at = (ms: number) => new Date(Date.now() + ms).toISOString();
const asleep = (wakeAt?: string): JournalSnapshot => {
  const executionId = randomUUID();
  return aSnapshot(executionId, {
    status: 'waiting',
    asleep: true,
    lease: `L-${executionId}`,
    ...(wakeAt === undefined ? {} : { wakeAt }),
  });
};

describe('the reconciler', () => {
  it('tells a sleeper whose timer is lost to go on, under the token of its journal', async () => {
    const snapshot = asleep(at(-600));
    await side().journal.write(snapshot, 0);
    expect(await look()).toBe(1);
    expect(await look()).toBe(0);
    await work();
    await expect.poll(() => leasesOf(snapshot.executionId).length, { timeout: 10_000 }).toBe(1);
    expect(leasesOf(snapshot.executionId)[0]).toMatchObject({
      kind: 'command',
      token: snapshot.lease,
      command: { type: 'resume' },
    });
    await finish(snapshot);
  });

  it('leaves alone who sleeps, who waits for a person, who has ended and who has a message on its way', async () => {
    const { journal, timers, commands } = side();
    const late = asleep(at(-5_000));
    await journal.write(late, 0);
    await commands.send(late, { type: 'bell' });
    const ended = asleep(at(-5_000));
    await journal.write(ended, 0);
    await finish(ended);
    const inDoubt = asleep();
    await journal.write(inDoubt, 0);
    const timed = asleep(at(60_000));
    await journal.write(timed, 0);
    await timers.arm(timed, { token: timed.lease, dueAt: at(60_000) });
    expect(await look()).toBe(0);
    await work();
    await expect.poll(() => leasesOf(late.executionId).length, { timeout: 10_000 }).toBe(1);
    await finish(late);
  });

  it('tells a runner to go on whose trigger was acked and that writes nothing, but none in a lane that it is not the head of, nor with its trigger unacked', async () => {
    const worker = await work();
    const triggers = [aTrigger(), aTrigger({ orderingKey: 'K' })];
    const [lost, inLane] = await Promise.all(
      triggers.map(async (trigger) => {
        const { executionId } = await bus.triggers.accept(trigger);
        await expect.poll(() => leasesOf(executionId).length, { timeout: 10_000 }).toBe(1);
        const { triggerSeq: seq = 0, lane } = leasesOf(executionId)[0] as Lease;
        const base = aSnapshot(executionId);
        const snapshot = { ...base, trigger: { ...base.trigger, seq, ...(lane ? { lane } : {}) } };
        await worker.journal.write(snapshot, 0);
        return snapshot;
      }),
    );
    const held = aSnapshot(randomUUID());
    await worker.journal.write({ ...held, trigger: { ...held.trigger, seq: 999_999 } }, 0);
    expect(await look()).toBe(0);
    await sleep(TIMES.stillMs + 100);
    expect(await look()).toBe(1);
    await expect.poll(() => leasesOf(lost?.executionId ?? '').length, { timeout: 10_000 }).toBe(2);
    expect(leasesOf(lost?.executionId ?? '')[1]).toMatchObject({
      token: lost?.executionId,
      command: { type: 'resume' },
    });
    expect(leasesOf(inLane?.executionId ?? '')).toHaveLength(1);
    await finish(lost as JournalSnapshot);
  });

  it('tells a runner to go on whose timer was acked, and a head that was claimed by what is acked since', async () => {
    const { journal, lanes } = side();
    const byTimer = aSnapshot(randomUUID(), { lease: 'a timer' });
    await journal.write(byTimer, 0);
    const head = await inLane('L1');
    const claim = (snapshot: JournalSnapshot, lane: string) =>
      lanes.claim(
        { env: 'dev', flowId: 'orders', lane },
        {
          head: { executionId: snapshot.executionId, seq: 1 },
          via: 'another trigger',
          at: at(0),
          token: `c-${lane}`,
        },
        0,
      );
    const held = await inLane('L2');
    await side().commands.send(asleep(), { type: 'bell' });
    await claim(held, 'L2');
    await sleep(TIMES.stillMs + 100);
    expect(await look()).toBe(1);
    await work();
    await expect.poll(() => leasesOf(byTimer.executionId).length, { timeout: 10_000 }).toBe(1);
    await claim(head, 'L1');
    expect(await look()).toBe(3);
    await Promise.all([byTimer, head, held].map(finish));

    async function inLane(lane: string): Promise<JournalSnapshot> {
      const base = aSnapshot(randomUUID());
      const snapshot = { ...base, trigger: { ...base.trigger, lane } };
      await journal.write(snapshot, 0);
      return snapshot;
    }
  });

  it('finds nothing to do among 5,000 sleepers, and is quick about it', async () => {
    const { journal, timers } = side();
    const sleepers = Array.from({ length: 5_000 }, () => asleep(at(3_600_000)));
    for (let n = 0; n < sleepers.length; n += 250)
      await Promise.all(
        sleepers.slice(n, n + 250).map(async (snapshot) => {
          await journal.write(snapshot, 0);
          await timers.arm(snapshot, { token: snapshot.lease, dueAt: snapshot.wakeAt as string });
        }),
      );
    const start = Date.now();
    expect(await look()).toBe(0);
    expect(Date.now() - start).toBeLessThan(5_000);
  });

  it('looks by itself, one worker of all, counts what it repairs, and says so', async () => {
    const snapshot = asleep(at(-600));
    await side().journal.write(snapshot, 0);
    const reconciler = { ...TIMES, firstAfterMs: 50, intervalMs: 700 };
    const workers = await Promise.all([work({ reconciler }), work({ reconciler }), work({ reconciler })]);
    await expect.poll(() => leasesOf(snapshot.executionId).length, { timeout: 10_000 }).toBeGreaterThan(0);
    const repairs = () => workers.reduce((sum, worker) => sum + worker.repairs(), 0);
    const first = repairs();
    expect(first).toBe(1);
    await expect.poll(repairs, { timeout: 5_000 }).toBe(2);
  });
});

/** Writes that an execution has ended. */
async function finish(snapshot: JournalSnapshot): Promise<void> {
  const { asleep: _asleep, wakeAt: _wakeAt, ...awake } = snapshot;
  const version = (await side().journal.read(snapshot))?.version ?? 0;
  await side().journal.write({ ...awake, token: 'end', status: 'succeeded' }, version);
}
