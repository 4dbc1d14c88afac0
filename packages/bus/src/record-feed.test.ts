import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus, FeedRecord } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { aSnapshot, aTrigger } from './testing/fixtures.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';
import type { WorkerSide } from './worker-side.ts';

let server: TestNatsServer;
let bus: Bus;
let side: WorkerSide;

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  side = openWorkerSide(bus);
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

const OPTIONS = { maxBatch: 50, maxWaitMs: 30 };
const idOf = ({ kind, record }: FeedRecord) => (kind === 'refusal' ? '' : record.executionId);
const idsOf = (records: FeedRecord[]) => records.map(idOf);

describe('the feed of the read model', () => {
  it('brings triggers, journal, traces, dead letters and refusals', async () => {
    const executionId = randomUUID();
    const { executionId: triggered } = await bus.triggers.accept(aTrigger());
    await side.journal.write(aSnapshot(executionId), 0);
    const trace = { executionId, flowId: 'orders', env: 'dev', payloads: [{ ref: 'trigger', json: '1', size: 1 }] };
    side.trace.record(trace);
    side.trace.record({ ...trace, payloads: [] });
    await side.flush();
    const deadLetter = {
      executionId,
      flowId: 'orders',
      revision: 1,
      env: 'dev',
      nodeId: 'erp',
      error: { code: 'REMOTE_ERROR' as const, message: 'no' },
      attempts: 2,
      triggerSeq: 1,
      failedAt: new Date().toISOString(),
    };
    await side.deadLetters.put(deadLetter);
    await side.deadLetters.put(deadLetter);
    const refusal = {
      ...{ source: 'a', minute: 60_000, env: 'dev', flowId: 'orders', nodeId: 'hook', reason: 'late', count: 3 },
    };
    await bus.refusals.tell([refusal]);
    const all: FeedRecord[] = [];
    const stop = await bus.feed.consume(OPTIONS, async (batch) => void all.push(...batch));
    await expect.poll(() => all.length, { timeout: 10_000 }).toBe(6);
    await stop();
    expect(all.map(({ kind }) => kind).sort()).toEqual([
      ...['dead-letter', 'journal', 'refusal', 'trace', 'trace', 'trigger'],
    ]);
    expect(all.filter(({ kind }) => kind === 'trigger').map(idOf)).toEqual([triggered]);
    expect(all.find(({ kind }) => kind === 'trace')?.record).toEqual(trace);
    expect(all.find(({ kind }) => kind === 'dead-letter')?.record).toEqual(deadLetter);
    expect(all.find(({ kind }) => kind === 'refusal')?.record).toEqual(refusal);
  });

  it('brings a batch again when the handler rejects, and nothing twice when it does not', async () => {
    const ids = await acceptMany(7);
    const tries: string[][] = [];
    const stop = await bus.feed.consume(OPTIONS, async (batch) => {
      tries.push(idsOf(batch));
      if (tries.length === 1) throw new Error('the database is away');
    });
    await expect.poll(() => new Set(tries.slice(1).flat()).size, { timeout: 10_000 }).toBe(7);
    await stop();
    expect(tries[1]).toEqual(tries[0]);
    expect(tries.slice(1).flat().sort()).toEqual(ids.sort());
    expect(await drained()).toEqual([]);
  });

  it('brings what was in hand when its process went away', async () => {
    const ids = await acceptMany(5);
    const stop = await bus.feed.consume(OPTIONS, () => Promise.reject(new Error('away')));
    await stop();
    expect((await drained()).sort()).toEqual(ids.sort());
  });

  it('never gives more than was asked for at once', async () => {
    const ids = await acceptMany(120);
    const sizes: number[] = [];
    const stop = await bus.feed.consume(
      { maxBatch: 25, maxWaitMs: 10 },
      async (batch) => void sizes.push(batch.length),
    );
    await expect.poll(() => sizes.reduce((a, b) => a + b, 0), { timeout: 10_000 }).toBe(ids.length);
    await stop();
    expect(Math.max(...sizes)).toBeLessThanOrEqual(25);
  });

  it('leaves out what cannot be read and goes on', async () => {
    await partsOf(bus).link.publish('j.dev.orders.broken', 'no json');
    await partsOf(bus).link.publish('evt.dev.orders.u._', '{"executionId": 5}');
    const ids = await acceptMany(1);
    expect(await drained()).toEqual(ids);
  });

  it('goes on after a crash of the server', async () => {
    const seen = new Set<string>();
    const stop = await bus.feed.consume(OPTIONS, async (batch) => {
      for (const id of idsOf(batch)) seen.add(id);
    });
    const before = await acceptMany(3);
    await server.kill();
    await server.restart();
    let after = '';
    await expect
      .poll(async () => {
        after = (await bus.triggers.accept(aTrigger())).executionId;
        return true;
      })
      .toBe(true);
    await expect.poll(() => [...before, after].every((id) => seen.has(id)), { timeout: 20_000 }).toBe(true);
    await stop();
  });
});

async function acceptMany(count: number): Promise<string[]> {
  const accepted = await Promise.all(Array.from({ length: count }, () => bus.triggers.accept(aTrigger())));
  return accepted.map(({ executionId }) => executionId);
}

/** Everything that the feed still holds; a marker tells when it has all come. */
async function drained(): Promise<string[]> {
  const [marker = ''] = await acceptMany(1);
  const seen: string[] = [];
  const stop = await bus.feed.consume(OPTIONS, async (batch) => void seen.push(...idsOf(batch)));
  await expect.poll(() => seen.includes(marker), { timeout: 15_000 }).toBe(true);
  await stop();
  return seen.filter((id) => id !== marker);
}
