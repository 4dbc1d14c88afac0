import type { BulkRepair, Job, StreamEvent } from '@crossdock/api-contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiOptions } from '../api.ts';
import { chain, post, type RepairBench, startRepairBench } from '../repair-bench.testing.ts';
import { createJobs } from './jobs.ts';

const FLOW = chain('bulk', { erp: post('/erp') });

describe('a job', () => {
  let bench: RepairBench;
  const events: StreamEvent[] = [];
  beforeAll(async () => {
    bench = await startRepairBench();
    bench.server.events.subscribe((event) => events.push(event));
    await bench.deploy(FLOW);
  });
  afterAll(() => bench.stop());

  const failMany = async (prefix: string, count: number): Promise<string[]> => {
    bench.answers.set('/erp', 422);
    const ids: string[] = [];
    for (let n = 0; n < count; n++) ids.push(await bench.send('bulk', { name: `${prefix}-${n}` }));
    await expect
      .poll(async () => (await bulk(200, { filter: { q: prefix }, dryRun: true })).count, { timeout: 20_000 })
      .toBe(count);
    bench.answers.clear();
    return ids;
  };
  const bulk = (status: number, body: object) =>
    bench.server.json<BulkRepair>(status, 'POST', '/api/v1/dead-letters/replay', body);
  const jobOf = (jobId: string | null) => bench.server.json<Job>(200, 'GET', `/api/v1/jobs/${jobId}`);
  const replaysOf = async (ids: readonly string[]) =>
    bench.server.db.kysely.selectFrom('executions').selectAll().where('replay_of', 'in', ids).execute();

  test('counts first, then replays each once at a bounded rate, and tells how far it is', async () => {
    const ids = await failMany('bulk-a', 60);
    const filter = { q: 'bulk-a', env: 'dev', code: 'RUN_ATTEMPTS_SPENT' };
    expect((await bulk(200, { filter, dryRun: true })).count).toBe(0);
    filter.code = 'REMOTE_REJECTED';
    expect(await bulk(200, { filter, dryRun: true })).toEqual({ jobId: null, count: 60, willRun: 60, skipped: 0 });
    const startedAt = performance.now();
    const { jobId, count } = await bulk(202, { filter });
    expect(count).toBe(60);
    await expect.poll(async () => (await jobOf(jobId)).status, { timeout: 20_000 }).toBe('done');
    expect(performance.now() - startedAt).toBeGreaterThan(1_000);
    const job = await jobOf(jobId);
    expect(job).toMatchObject({
      kind: 'replay',
      env: 'dev',
      startedBy: 'First admin key',
      total: 60,
      done: 60,
      failed: 0,
    });
    await expect
      .poll(async () => (await replaysOf(ids)).filter(({ status }) => status === 'succeeded').length, {
        timeout: 20_000,
      })
      .toBe(60);
    expect((await bulk(200, { filter, dryRun: true })).count).toBe(0);
    expect(await bulk(200, { filter })).toEqual({ jobId: null, count: 0 });
    const told = events.flatMap(({ kind, data }) => (kind === 'job' && data.jobId === jobId ? [data] : []));
    expect(told[0]).toMatchObject({ status: 'running', done: 0, total: 60 });
    expect(told.at(-1)).toMatchObject({ status: 'done', done: 60 });
    expect(told.some(({ perSecond = 0 }) => perSecond > 5 && perSecond < 80)).toBe(true);
    const { items } = await bench.server.json<{ items: Job[] }>(200, 'GET', '/api/v1/jobs?limit=1');
    expect(items).toEqual([job]);
  });

  test('says of which executions it could not, and why, and goes on', async () => {
    const ids = await failMany('bulk-b', 3);
    const [, gone = ''] = ids;
    const filter = { executionIds: ids };
    // Neither trigger nor journal: as after the time they are kept.
    const { kysely } = bench.server.db;
    const forgotten = '0193a000-0000-7000-8000-00000000000b';
    await kysely.deleteFrom('dead_letters').where('execution_id', '=', gone).execute();
    await kysely
      .insertInto('dead_letters')
      .values({
        ...{ execution_id: forgotten, flow_id: 'bulk', revision: 1, env: 'dev', node_id: 'erp', attempts: 1 },
        ...{ error: '{"code":"REMOTE_REJECTED","message":"no"}', trigger_seq: 1, failed_at: new Date() },
      } as never)
      .execute();
    filter.executionIds.push(forgotten);
    expect(await bulk(200, { filter, dryRun: true })).toEqual({ jobId: null, count: 3, willRun: 2, skipped: 1 });
    const { jobId } = await bulk(202, { filter, from: 'trigger' });
    await expect.poll(async () => (await jobOf(jobId)).status, { timeout: 20_000 }).toBe('done');
    expect(await jobOf(jobId)).toMatchObject({
      ...{ total: 3, done: 2, failed: 1 },
      errors: [{ executionId: forgotten, code: 'API_NOT_FOUND' }],
    });
    expect((await bench.server.call('POST', `/api/v1/jobs/${jobId}/stop`)).status).toBe(409);
    expect((await bench.server.call('GET', `/api/v1/jobs/${forgotten}`)).status).toBe(404);
    expect((await bulk(200, { filter: { executionIds: [gone] }, dryRun: true })).count).toBe(0);
    expect(
      (await bench.server.call('POST', '/api/v1/dead-letters/replay', { filter: { executionIds: ['x'] } })).status,
    ).toBe(400);
  });

  test('that is stopped keeps what it did', async () => {
    const ids = await failMany('bulk-c', 120);
    const { jobId } = await bulk(202, { filter: { q: 'bulk-c' } });
    await expect.poll(async () => (await jobOf(jobId)).done, { timeout: 10_000 }).toBeGreaterThan(5);
    const stopped = await bench.server.json<Job>(202, 'POST', `/api/v1/jobs/${jobId}/stop`);
    expect(stopped.status).toBe('stopped');
    expect(stopped.endedAt).toBeDefined();
    expect(stopped.done).toBeLessThan(120);
    await expect.poll(async () => (await replaysOf(ids)).length, { timeout: 10_000 }).toBe(stopped.done);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await replaysOf(ids)).toHaveLength(stopped.done);
    expect(await jobOf(jobId)).toEqual(stopped);
  });

  test('whose process died is gone on with, and replays nothing twice', async () => {
    const ids = await failMany('bulk-d', 80);
    const { db } = bench.server;
    const options = { ...bench.server, log: pino({ level: 'silent' }), stopping: undefined } as unknown as ApiOptions;
    const { jobId } = await bulk(202, { filter: { q: 'bulk-d' } });
    await expect.poll(async () => (await jobOf(jobId)).done, { timeout: 10_000 }).toBeGreaterThan(10);
    // As a killed process leaves it: the last half second is not saved, and nobody says that it lives.
    await db.kysely
      .updateTable('jobs')
      .set({ owner: 'a process that died', done: 5, beat_at: new Date(Date.now() - 60_000) })
      .where('job_id', '=', jobId ?? '')
      .execute();
    createJobs(options);
    await expect.poll(async () => (await jobOf(jobId)).status, { timeout: 20_000 }).toBe('done');
    expect(await jobOf(jobId)).toMatchObject({ total: 80, done: 80, failed: 0 });
    await expect.poll(async () => (await replaysOf(ids)).length, { timeout: 20_000 }).toBe(80);
    await expect
      .poll(async () => (await replaysOf(ids)).every(({ status }) => status === 'succeeded'), { timeout: 20_000 })
      .toBe(true);
    expect(
      await db.kysely
        .selectFrom('job_items')
        .selectAll()
        .where('job_id', '=', jobId ?? '')
        .execute(),
    ).toEqual([]);
  });
});
