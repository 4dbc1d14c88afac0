import type { Lease } from '@crossdock/engine';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from '../bus.ts';
import { connectBus, partsOf } from '../connect.ts';
import { openWorkerSide } from '../open-worker-side.ts';
import { STREAMS } from '../streams.ts';
import { aSnapshot, aTrigger, deployFlow } from '../testing/fixtures.ts';
import { startNatsServer, type TestNatsServer } from '../testing/index.ts';
import { openBusStores } from './open-bus-stores.ts';
import { linesIn, piecesOf, type StoredLine } from './stored-line.ts';

describe('lines of a backup', () => {
  it('are read as they were written, however they fall into pieces', async () => {
    const line: fc.Arbitrary<StoredLine> = fc.record(
      {
        subject: fc.string(),
        headers: fc.dictionary(fc.string(), fc.string()),
        data: fc
          .oneof(fc.uint8Array({ maxLength: 200 }), fc.constant(new Uint8Array(700_000)))
          .map((bytes) => Buffer.from(bytes).toString('base64')),
      },
      { requiredKeys: ['subject', 'data'] },
    );
    async function* each(lines: StoredLine[]) {
      yield* lines;
    }
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
        const read: StoredLine[] = [];
        for await (const piece of piecesOf(each(lines))) read.push(...linesIn(piece));
        expect(read).toEqual(JSON.parse(JSON.stringify(lines)));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a bus that is backed up and restored', () => {
  const servers: TestNatsServer[] = [];
  let bus: Bus;
  let restored: Bus;
  const ids = { plain: '', large: '', ended: '', sleeper: '', woken: '', driven: '' };
  const lane = { env: 'dev', flowId: 'orders', lane: 'k1' };
  const large = { text: 'x'.repeat(400_000) };
  const keyed = aTrigger({ dedupeKey: '4711' });
  let accepted: Awaited<ReturnType<Bus['triggers']['accept']>>;
  const options = (server: TestNatsServer) => ({ servers: server.url, replicas: 1, name: 'test' });

  beforeAll(async () => {
    servers.push(await startNatsServer(), await startNatsServer());
    const [from, to] = servers as [TestNatsServer, TestNatsServer];
    bus = await connectBus(options(from));
    const { journal, timers, lanes } = openWorkerSide(bus);
    await deployFlow(bus, 'orders');
    await bus.registry.putVariables('dev', { greeting: 'Hello' });
    for (const [name, payload] of Object.entries({
      plain: { no: 1 },
      large,
      ended: {},
      sleeper: {},
      woken: {},
      driven: {},
    }))
      ids[name as keyof typeof ids] = (await bus.triggers.accept(aTrigger({ payload }))).executionId;
    const dueAt = new Date(Date.now() + 3_600_000).toISOString();
    accepted = await bus.triggers.accept(keyed);
    await journal.write(aSnapshot(ids.ended, { status: 'succeeded' }), 0);
    await journal.write(aSnapshot(ids.sleeper, { status: 'waiting', asleep: true, lease: 'L1', wakeAt: dueAt }), 0);
    await timers.arm({ env: 'dev', flowId: 'orders', executionId: ids.sleeper }, { token: 'L1', dueAt });
    await journal.write(aSnapshot(ids.woken, { lease: 'L2' }), 0);
    await journal.write(aSnapshot(ids.driven), 0);
    const head = { executionId: ids.driven, seq: 6 };
    await lanes.claim(lane, { head, via: 'T7', at: new Date().toISOString(), token: 'C1' }, 0);

    const [source, target] = [await openBusStores(options(from)), await openBusStores(options(to))];
    await target.restore.requireEmpty();
    const positions = await source.backup.positions();
    for await (const { part, pieces } of source.backup.streams()) {
      const stream = await target.restore.begin(part);
      for await (const piece of pieces) await stream.write(piece);
      await stream.finish();
    }
    await target.restore.finish(positions);
    await Promise.all([source.close(), target.close()]);
    restored = await connectBus(options(to));
  });
  afterAll(async () => {
    await bus?.close();
    await restored?.close();
    await Promise.all(servers.map((server) => server.stop()));
  });

  it('has flows, deployments and variables', async () => {
    expect(await restored.registry.getRevision('orders', 1)).toEqual(await bus.registry.getRevision('orders', 1));
    expect(restored.registry.deployments()).toEqual(bus.registry.deployments());
    expect(restored.registry.variables('dev')).toEqual({ greeting: 'Hello' });
  });

  it('has every execution, its trigger at the same place, and payloads in blobs', async () => {
    for (const executionId of Object.values(ids)) {
      expect(await restored.executions.read(executionId)).toEqual(await bus.executions.read(executionId));
    }
    for (let seq = 1; seq <= 6; seq++)
      expect(await restored.executions.trigger(seq)).toEqual(await bus.executions.trigger(seq));
    const { payloadBlob = '' } = (await restored.executions.trigger(2)) ?? {};
    expect(JSON.parse(Buffer.from(await restored.blobs.get(payloadBlob)).toString())).toEqual(large);
  });

  it('takes an order twice no more than before: a dedupe key is still known', async () => {
    expect(await restored.triggers.accept(keyed)).toEqual({ ...accepted, duplicate: true });
  });

  it('delivers what has not ended: by its trigger, by a wake-up that is not the timer’s, or by its lane', async () => {
    const seen: Pick<Lease, 'kind' | 'token' | 'command' | 'address'>[] = [];
    const side = openWorkerSide(restored);
    const { stop } = await side.consumeLeases({ concurrency: 8 }, async (lease) => {
      seen.push(lease);
      lease.ack();
    });
    const of = (executionId: string) => seen.filter(({ address }) => address.executionId === executionId);
    await expect.poll(() => of(ids.sleeper).some(({ kind }) => kind === 'timer'), { timeout: 20_000 }).toBe(true);
    await expect.poll(() => of(ids.woken).some(({ command }) => command), { timeout: 20_000 }).toBe(true);
    await expect.poll(() => of(ids.driven).some(({ command }) => command), { timeout: 20_000 }).toBe(true);
    await expect.poll(() => of(ids.plain).length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(of(ids.sleeper).find(({ kind }) => kind === 'timer')?.token).not.toBe('L1');
    expect(of(ids.woken).find(({ command }) => command)).toMatchObject({ command: { type: 'resume' }, token: 'L2' });
    expect(of(ids.driven).find(({ command }) => command)).toMatchObject({
      command: { type: 'drain', lane: 'k1' },
      token: 'T7',
    });
    expect(of(ids.plain)).toMatchObject([{ kind: 'trigger' }]);
    await stop(100);
  });

  it('is not restored into one that is in use: the stream is named', async () => {
    const [, to] = servers as [TestNatsServer, TestNatsServer];
    const { restore, close } = await openBusStores(options(to));
    await expect(restore.requireEmpty()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await close();
    expect((await partsOf(restored).link.jsm.streams.info(STREAMS.triggers)).state.messages).toBeGreaterThan(0);
  });
});
