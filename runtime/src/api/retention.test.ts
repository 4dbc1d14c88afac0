import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweepOld } from '../projector/retention.ts';
import { type ApiServer, startApiServer } from './api-server.testing.ts';

const DAY_MS = 86_400_000;
const path = '/api/v1/environments/dev/retention';

describe('how long records are kept', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
  });
  afterAll(() => server.stop());

  /** An execution that ended so many days ago, with a payload. */
  const addExecution = async (env: string, daysAgo: number, ended = true) => {
    const [execution_id, at] = [randomUUID(), new Date(Date.now() - daysAgo * DAY_MS)];
    const { kysely } = server.db;
    const end = ended ? { status: 'failed', ended_at: at } : { status: 'waiting', ended_at: null };
    const row = { execution_id, flow_id: 'f', revision: 1, env, started_at: at };
    await kysely
      .insertInto('executions')
      .values({ ...row, ...end, keys: '{}', error: null, attempts: 1, replay_of: null, write: 1 } as never)
      .execute();
    const content = new TextEncoder().encode('{}');
    const payload = { execution_id, pack: randomUUID(), env, content, encoding: 'json' as const, stored_at: at };
    await kysely
      .insertInto('payloads')
      .values({ ...payload, entries: '[["trigger",2,false]]' })
      .execute();
    return execution_id;
  };
  const addDeadLetter = async (env: string, daysAgo: number) => {
    const execution_id = await addExecution(env, daysAgo);
    const failed_at = new Date(Date.now() - daysAgo * DAY_MS);
    const letter = {
      execution_id,
      flow_id: 'f',
      revision: 1,
      env,
      error: '{}',
      attempts: 1,
      trigger_seq: 1,
      failed_at,
    };
    await server.db.kysely.insertInto('dead_letters').values(letter).execute();
    return execution_id;
  };
  const left = async (table: 'executions' | 'payloads', env: string) =>
    (await server.db.kysely.selectFrom(table).select('execution_id').where('env', '=', env).execute()).length;

  test('each period is its own, by environment, and a change is in the audit', async () => {
    expect(await server.json(200, 'GET', path)).toEqual({ executionDays: 30, payloadDays: 30, deadLetterDays: 30 });
    const wanted = { executionDays: 20, payloadDays: 5, deadLetterDays: 25 };
    expect(await server.json(200, 'PUT', path, wanted)).toEqual(wanted);
    expect(await server.json(200, 'GET', path)).toEqual(wanted);
    expect(await server.json(200, 'GET', '/api/v1/environments/prod/retention')).toMatchObject({ executionDays: 30 });
    const row = await server.db.kysely
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'retention.changed')
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ env: 'dev', after: expect.objectContaining({ payloadDays: 5 }) });
  });

  test('what makes no sense is refused by the name of its field', async () => {
    const refusal = async (body: unknown, to = path) => {
      const answer = await server.call('PUT', to, body);
      return [answer.status, await answer.text()];
    };
    expect(await refusal({ executionDays: 5, payloadDays: 9, deadLetterDays: 9 })).toEqual([
      400,
      expect.stringContaining('payloadDays'),
    ]);
    expect(await refusal({ executionDays: 0, payloadDays: 1, deadLetterDays: 1 })).toEqual([
      400,
      expect.stringContaining('executionDays'),
    ]);
    // A dead letter must not outlive what its replay needs.
    const [status, text] = await refusal({ executionDays: 40, payloadDays: 9, deadLetterDays: 31 });
    expect([status, text]).toEqual([400, expect.stringContaining('deadLetterDays')]);
    expect(text).toContain('must be at most 30: what a replay needs is kept for 30 days');
    expect(await refusal({ auditDays: 3 }, '/api/v1/retention')).toEqual([400, expect.stringContaining('auditDays')]);
    const nowhere = await server.call('GET', '/api/v1/environments/nowhere/retention');
    expect(nowhere.status).toBe(404);
  });

  test('the effect is told before, and the sweep removes just that', async () => {
    for (const daysAgo of [1, 8, 15, 25]) await addExecution('dev', daysAgo);
    await addExecution('prod', 25);
    const periods = 'executionDays=20&payloadDays=5&deadLetterDays=25';
    expect(await server.json(200, 'GET', `${path}/effect?${periods}`)).toEqual({
      executions: 1,
      payloads: 3,
      deadLetters: 0,
    });
    expect(await sweepOld({ db: server.db, log: pino({ level: 'silent' }) })).toBe(1);
    expect([await left('executions', 'dev'), await left('payloads', 'dev')]).toEqual([3, 1]);
    expect([await left('executions', 'prod'), await left('payloads', 'prod')]).toEqual([1, 1]);
  });

  test('an open dead letter keeps its execution and payloads as long as itself; what has not ended keeps its payloads', async () => {
    const env = 'test';
    await server.json(200, 'PUT', `/api/v1/environments/${env}/retention`, {
      ...{ executionDays: 7, payloadDays: 3, deadLetterDays: 30 },
    });
    const [open, replayed] = [await addDeadLetter(env, 20), await addDeadLetter(env, 20)];
    await addDeadLetter(env, 70);
    const waiting = await addExecution(env, 20, false);
    await server.db.kysely
      .updateTable('dead_letters')
      .set({ replayed_by: randomUUID(), replayed_at: new Date() })
      .where('execution_id', '=', replayed)
      .execute();
    const periods = 'executionDays=7&payloadDays=3&deadLetterDays=30';
    expect(await server.json(200, 'GET', `/api/v1/environments/${env}/retention/effect?${periods}`)).toEqual({
      ...{ executions: 2, payloads: 2, deadLetters: 1 },
    });
    await sweepOld({ db: server.db, log: pino({ level: 'silent' }) });
    const ids = async (table: 'executions' | 'payloads' | 'dead_letters') =>
      (await server.db.kysely.selectFrom(table).select('execution_id').where('env', '=', env).execute())
        .map(({ execution_id }) => execution_id)
        .sort();
    expect(await ids('executions')).toEqual([open, waiting].sort());
    expect(await ids('payloads')).toEqual([open, waiting].sort());
    expect(await ids('dead_letters')).toEqual([open, replayed].sort());
  });

  test('the audit is kept as long as the installation says', async () => {
    await server.json(200, 'PUT', '/api/v1/retention', { auditDays: 60 });
    expect(await server.json(200, 'GET', '/api/v1/retention')).toEqual({ auditDays: 60 });
    const rows = () => server.db.kysely.selectFrom('audit').select('number').execute();
    expect((await rows()).length).toBeGreaterThan(0);
    const inThreeMonths = () => Date.now() + 90 * DAY_MS;
    await sweepOld({ db: server.db, log: pino({ level: 'silent' }), now: inThreeMonths });
    expect(await rows()).toEqual([]);
  });
});
