import { randomUUID } from 'node:crypto';
import type { JournalSnapshot } from '@crossdock/engine';
import { isFlowError } from '@crossdock/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { NO_LOG } from './bus-log.ts';
import { connectBus, partsOf } from './connect.ts';
import { journalSubject } from './names.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { STREAMS } from './streams.ts';
import { aSnapshot } from './testing/fixtures.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';
import type { WorkerSide } from './worker-side.ts';

let server: TestNatsServer;
let bus: Bus;
let side: WorkerSide;

beforeAll(async () => {
  server = await startNatsServer({ sync: 'always' });
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  side = openWorkerSide(bus);
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

describe('the journal', () => {
  it('gives back the last snapshot and its version', async () => {
    const first = aSnapshot(randomUUID());
    expect(await side.journal.read(first)).toBeUndefined();
    expect(await bus.executions.read(first.executionId)).toBeUndefined();
    const version = await side.journal.write(first, 0);
    expect(await side.journal.read(first)).toEqual({ snapshot: first, version });
    const second = aSnapshot(first.executionId, { write: 2 });
    const newer = await side.journal.write(second, version);
    expect(newer).toBeGreaterThan(version);
    expect(await side.journal.read(first)).toEqual({ snapshot: second, version: newer });
    expect(await bus.executions.read(first.executionId)).toEqual(second);
  });

  it('lets one of many writers win and tells the others that the lease is lost', async () => {
    const executionId = randomUUID();
    for (let version = 0, round = 0; round < 20; round++) {
      const results = await Promise.allSettled(
        Array.from({ length: 5 }, () => side.journal.write(aSnapshot(executionId), version)),
      );
      const won = results.filter((result) => result.status === 'fulfilled');
      expect(won).toHaveLength(1);
      for (const result of results)
        if (result.status === 'rejected') expect(isFlowError(result.reason, 'SYSTEM_LEASE_LOST')).toBe(true);
      version = won[0]?.value ?? 0;
    }
  });

  it('takes a write whose confirmation got lost for done', async () => {
    const snapshot = aSnapshot(randomUUID());
    const version = await side.journal.write(snapshot, 0);
    expect(await side.journal.write(snapshot, 0)).toBe(version);
  });

  it('keeps one message per execution, and terminal records for a day, failures for thirty', async () => {
    const link = partsOf(bus).link;
    const ttlOf = async (status: 'succeeded' | 'failed' | 'running') => {
      const snapshot = aSnapshot(randomUUID());
      const version = await side.journal.write(snapshot, 0);
      await side.journal.write({ ...snapshot, token: 'end', status }, version);
      const { state } = await link.jsm.streams.info(STREAMS.journal, { subjects_filter: journalSubject(snapshot) });
      expect(state.subjects).toEqual({ [journalSubject(snapshot)]: 1 });
      return (await link.last(STREAMS.journal, journalSubject(snapshot)))?.header.get('Nats-TTL');
    };
    expect(await ttlOf('succeeded')).toBe('86400s');
    expect(await ttlOf('failed')).toBe('2592000s');
    expect(await ttlOf('running')).toBe('');
  });

  it('says of each record what tells sleepers apart without its body', async () => {
    const wakeAt = '2030-01-01T00:00:00.000Z';
    const labels = async (more: Partial<JournalSnapshot>) => {
      const snapshot = aSnapshot(randomUUID(), more);
      await side.journal.write(snapshot, 0);
      const header = (await partsOf(bus).link.last(STREAMS.journal, journalSubject(snapshot)))?.header;
      return [header?.get('Fl-Status'), header?.get('Fl-Due')];
    };
    expect(await labels({ wakeAt })).toEqual(['running', '']);
    expect(await labels({ status: 'waiting', asleep: true, wakeAt })).toEqual(['waiting', String(Date.parse(wakeAt))]);
    expect(await labels({ status: 'in-doubt', asleep: true })).toEqual(['in-doubt', 'never']);
  });

  it('when crowded keeps for an hour what ended well, unless a lane may ask for it, and says so once', async () => {
    const warnings: string[] = [];
    const log = { ...NO_LOG, warn: (_fields: unknown, text: string) => warnings.push(text) };
    const options = { servers: server.url, replicas: 1, name: 'crowded', limits: { journalRecords: 3 } };
    const crowded = await connectBus({ ...options, log });
    warnings.length = 0;
    const { journal } = openWorkerSide(crowded);
    const ttlOf = async (more: Partial<JournalSnapshot>) => {
      const snapshot = aSnapshot(randomUUID(), more);
      await journal.write(snapshot, 0);
      return (await partsOf(bus).link.last(STREAMS.journal, journalSubject(snapshot)))?.header.get('Nats-TTL');
    };
    for (let n = 0; n < 4; n++) await ttlOf({});
    await expect.poll(() => ttlOf({ status: 'succeeded' }), { timeout: 5_000 }).toBe('3600s');
    const { trigger } = aSnapshot('any');
    expect(await ttlOf({ status: 'succeeded', trigger: { ...trigger, lane: 'l' } })).toBe('86400s');
    expect(await ttlOf({ status: 'failed' })).toBe('2592000s');
    expect(warnings.filter((text) => text.includes('crowded'))).toHaveLength(1);
    await crowded.close();
  });

  it('waits out a crash of the server, and what was written survives it', async () => {
    const snapshot = aSnapshot(randomUUID());
    const version = await side.journal.write(snapshot, 0);
    await server.kill();
    const writing = side.journal.write({ ...snapshot, token: 'later', write: 2 }, version);
    await server.restart();
    const newer = await writing;
    expect((await side.journal.read(snapshot))?.version).toBe(newer);
    expect((await side.journal.read(snapshot))?.snapshot.token).toBe('later');
  });
});
