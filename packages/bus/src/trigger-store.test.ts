import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus, NewTrigger } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { DEDUPE_WINDOW_MS } from './key-claims.ts';
import { hashToken, keySubject, laneTriggerFilter } from './names.ts';
import { STREAMS } from './streams.ts';
import { countSubjects } from './subjects.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';

let server: TestNatsServer;
let bus: Bus;
let skewMs = 0;

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test', now: () => Date.now() + skewMs });
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

const trigger = (more: Partial<NewTrigger> = {}): NewTrigger => ({
  flowId: 'orders',
  revision: 1,
  env: 'dev',
  nodeId: 'hook',
  receivedAt: new Date().toISOString(),
  headers: { 'content-type': 'application/json' },
  keys: { orderNo: ['A1'] },
  payload: { name: 'A1' },
  ...more,
});

describe('accepting a trigger', () => {
  it('gives every trigger without a dedupe key an execution of its own', async () => {
    const first = await bus.triggers.accept(trigger());
    const second = await bus.triggers.accept(trigger());
    expect(first.duplicate).toBe(false);
    expect(second.duplicate).toBe(false);
    expect(second.executionId).not.toBe(first.executionId);
  });

  it('stores what was given, payload and all', async () => {
    const { executionId } = await bus.triggers.accept(trigger({ flowId: 'stored', replayOf: 'before' }));
    const records = await feedUntil((all) => all.some((r) => r.kind === 'trigger' && r.record.flowId === 'stored'));
    const found = records.find((r) => r.kind === 'trigger' && r.record.executionId === executionId);
    expect(found?.record).toMatchObject({ payload: { name: 'A1' }, replayOf: 'before', keys: { orderNo: ['A1'] } });
    expect(await bus.executions.trigger(found?.seq ?? 0)).toEqual(found?.record);
    expect(await bus.executions.trigger(999_999)).toBeUndefined();
  });

  it('answers the same dedupe key with the first execution, also when both come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => bus.triggers.accept(trigger({ dedupeKey: '4711', payload: Math.random() }))),
    );
    expect(new Set(answers.map(({ executionId }) => executionId)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  });

  it('answers what is to count once with the first execution, whatever dedupe and ordering key it comes with', async () => {
    const arrivals = Array.from({ length: 20 }, (_, n) => ({ dedupeKey: `k${n % 5}`, orderingKey: `lane ${n % 3}` }));
    const accept = (more: Partial<NewTrigger>) =>
      bus.triggers.accept(trigger({ flowId: 'once', once: 'sig', ...more }));
    const answers = await Promise.all(arrivals.map(accept));
    expect(new Set(answers.map(({ executionId }) => executionId)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    const [first] = answers;
    expect((await accept({ nodeId: 'other' })).executionId).not.toBe(first?.executionId);
    expect((await accept({ once: 'sig 2', dedupeKey: 'new' })).duplicate).toBe(false);
    expect((await accept({ once: 'sig 3', dedupeKey: 'new' })).duplicate).toBe(true);
  });

  it('lets what is to count once come again a day later', async () => {
    const accept = () => bus.triggers.accept(trigger({ flowId: 'daily', once: 'sig', dedupeKey: 'k' }));
    const first = await accept();
    expect((await accept()).executionId).toBe(first.executionId);
    skewMs = DEDUPE_WINDOW_MS + 1_000;
    const later = await accept();
    skewMs = 0;
    expect(later).toMatchObject({ duplicate: false });
    expect(later.executionId).not.toBe(first.executionId);
  });

  it('answers the same dedupe key with the first execution, whatever the ordering key', async () => {
    const answers = await Promise.all(
      Array.from({ length: 9 }, (_, n) =>
        bus.triggers.accept(trigger({ flowId: 'ordered', dedupeKey: '4711', orderingKey: `lane ${n % 3}` })),
      ),
    );
    expect(new Set(answers.map(({ executionId }) => executionId)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  });

  it('stores under an earlier claim what its claimer died before it stored', async () => {
    const { link } = partsOf(bus);
    const place = { env: 'dev', flowId: 'claimed', dedupeKey: '4711', orderingKey: 'K' };
    const claim = { executionId: randomUUID(), lane: hashToken('K'), token: 't' };
    await link.publish(keySubject(place) ?? '', JSON.stringify(claim));
    const answers = await Promise.all(
      ['other', 'K', 'third'].map((orderingKey) => bus.triggers.accept(trigger({ ...place, orderingKey }))),
    );
    expect(answers).toEqual(answers.map(() => ({ executionId: claim.executionId, duplicate: true })));
    const subject = laneTriggerFilter({ ...place, lane: hashToken('K') }, 'all');
    const stored = await link.last(STREAMS.triggers, subject);
    expect(stored?.json()).toMatchObject({ executionId: claim.executionId });
    expect(await countSubjects(link, STREAMS.triggers, 'evt.dev.claimed.>')).toBe(1);
  });

  it('knows a key from before its flow kept order', async () => {
    const key = { flowId: 'turned', dedupeKey: '4711' };
    const first = await bus.triggers.accept(trigger(key));
    expect(await bus.triggers.accept(trigger({ ...key, orderingKey: 'K' }))).toEqual({ ...first, duplicate: true });
  });

  it('takes no longer, however many lanes there are', async () => {
    const ordered = () => trigger({ flowId: 'many', dedupeKey: randomUUID(), orderingKey: randomUUID() });
    // The quickest of many: what else the machine does slows most of them, but not all.
    const quickest = async () => {
      let least = Number.POSITIVE_INFINITY;
      for (let n = 0; n < 100; n++) {
        const start = performance.now();
        await bus.triggers.accept(ordered());
        least = Math.min(least, performance.now() - start);
      }
      return least;
    };
    const before = await quickest();
    for (let n = 0; n < 100; n++) await Promise.all(Array.from({ length: 100 }, () => bus.triggers.accept(ordered())));
    expect(await quickest()).toBeLessThan(before * 3 + 5);
  });

  it('keeps environments and flows apart', async () => {
    const ids = await Promise.all([
      bus.triggers.accept(trigger({ dedupeKey: 'k' })),
      bus.triggers.accept(trigger({ dedupeKey: 'k', env: 'prod' })),
      bus.triggers.accept(trigger({ dedupeKey: 'k', flowId: 'other' })),
    ]);
    expect(new Set(ids.map(({ executionId }) => executionId)).size).toBe(3);
  });

  it('forgets a dedupe key after 24 hours', async () => {
    const first = await bus.triggers.accept(trigger({ dedupeKey: 'old' }));
    skewMs = DEDUPE_WINDOW_MS - 60_000;
    expect(await bus.triggers.accept(trigger({ dedupeKey: 'old' }))).toEqual({ ...first, duplicate: true });
    skewMs = DEDUPE_WINDOW_MS + 60_000;
    const late = await bus.triggers.accept(trigger({ dedupeKey: 'old' }));
    skewMs = 0;
    expect(late.duplicate).toBe(false);
    expect(late.executionId).not.toBe(first.executionId);
    expect(await bus.triggers.accept(trigger({ dedupeKey: 'old' }))).toEqual({ ...late, duplicate: true });
  });

  it('with a given id is one execution however often it comes, whatever its keys say and however late', async () => {
    const executionId = randomUUID();
    const given = trigger({ executionId, flowId: 'given', keyBase: 'first', item: { index: 3, count: 9 } });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        bus.triggers.accept({ ...given, dedupeKey: `d${n}`, orderingKey: `lane ${n % 4}` }),
      ),
    );
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.executionId))).toEqual(new Set([executionId]));
    skewMs = 40 * DEDUPE_WINDOW_MS;
    expect(await bus.triggers.accept({ ...given, orderingKey: 'late' })).toEqual({ executionId, duplicate: true });
    skewMs = 0;
    const sameKey = await bus.triggers.accept(trigger({ flowId: 'given', dedupeKey: executionId }));
    expect(sameKey.duplicate).toBe(false);
    const records = await feedUntil((all) => all.some((r) => r.kind === 'trigger' && r.record.flowId === 'given'));
    const found = records.filter((r) => r.kind === 'trigger' && r.record.executionId === executionId);
    expect(found).toHaveLength(1);
    expect(found[0]?.record).toMatchObject({ keyBase: 'first', item: { index: 3, count: 9 } });
    expect(found[0]?.record).not.toHaveProperty('orderingKey');
  });

  it('keeps a replay in the lane of what it replays', async () => {
    const { executionId } = await bus.triggers.accept(trigger({ flowId: 'again', orderingKey: 'K' }));
    const records = await feedUntil((all) => all.some((r) => r.kind === 'trigger' && r.record.flowId === 'again'));
    const first = records.find((r) => r.kind === 'trigger' && r.record.executionId === executionId);
    const { lane = '' } = (await bus.executions.trigger(first?.seq ?? 0)) ?? {};
    await bus.triggers.accept(trigger({ flowId: 'again', lane, replayOf: executionId }));
    expect(await bus.executions.trigger((first?.seq ?? 0) + 1)).toMatchObject({ lane, replayOf: executionId });
  });

  it('puts a payload over 256 KiB into a blob', async () => {
    const payload = { text: 'ü'.repeat(200_000) };
    const { executionId } = await bus.triggers.accept(trigger({ flowId: 'large', payload }));
    const records = await feedUntil((all) => all.some((r) => r.kind === 'trigger' && r.record.flowId === 'large'));
    const found = records.find((r) => r.kind === 'trigger' && r.record.executionId === executionId);
    if (found?.kind !== 'trigger') throw new Error('no trigger');
    expect(found.record.payload).toBeUndefined();
    expect(found.record.payloadBytes).toBe(Buffer.byteLength(JSON.stringify(payload)));
    const bytes = await bus.blobs.get(found.record.payloadBlob ?? '');
    expect(JSON.parse(Buffer.from(bytes).toString())).toEqual(payload);
  });
});

async function feedUntil(isDone: (records: Parameters<Parameters<Bus['feed']['consume']>[1]>[0]) => boolean) {
  const all: Parameters<Parameters<Bus['feed']['consume']>[1]>[0] = [];
  let done = (): void => undefined;
  const finished = new Promise<void>((resolve) => {
    done = resolve;
  });
  const stop = await bus.feed.consume({ maxBatch: 100, maxWaitMs: 20 }, async (batch) => {
    all.push(...batch);
    if (isDone(all)) done();
  });
  await finished;
  await stop();
  return all;
}
