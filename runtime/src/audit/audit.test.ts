import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFor } from '../store/database-for.testing.ts';
import { type Database, openDatabase } from '../store/index.ts';
import { type AuditActor, recordAudit, removeAuditBefore } from './index.ts';

const ADA: AuditActor = { kind: 'person', id: 'u1', name: 'ada@example.test', address: '10.0.0.7', userAgent: 'Test' };

describe('the audit', () => {
  let dir: string;
  let db: Database;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'crossdock-audit-'));
    db = await openDatabase({ ...(await databaseFor(dir)), log: pino({ level: 'silent' }) });
  });
  afterAll(async () => {
    await db.close();
    await rm(dir, { recursive: true, force: true });
  });
  const rows = () => db.kysely.selectFrom('audit').selectAll().orderBy('number').execute();

  test('keeps who, what, from where, and of a change only what differs, without secrets', async () => {
    await recordAudit(db.kysely, {
      by: ADA,
      action: 'connection.changed',
      id: 'erp',
      env: 'prod',
      before: { url: 'https://bob:hunter2@erp.test/', timeoutMs: 5, password: 'old canary', nested: { a: 1, b: 2 } },
      after: { url: 'https://erp.test/', timeoutMs: 5, password: 'new canary', nested: { a: 1, b: 3 } },
    });
    const row = (await rows()).at(-1);
    expect(row).toMatchObject({
      ...{ actor_kind: 'person', actor_id: 'u1', actor_name: 'ada@example.test', address: '10.0.0.7' },
      ...{ user_agent: 'Test', action: 'connection.changed', thing_id: 'erp', env: 'prod' },
      before: { url: 'https://•••@erp.test/', nested: { b: 2 } },
      after: { url: 'https://erp.test/', nested: { b: 3 } },
    });
    expect(JSON.stringify(row)).not.toMatch(/canary|hunter2|timeoutMs/);
  });

  test('is written with its change or not at all', async () => {
    const count = (await rows()).length;
    await expect(
      db.transaction(async (tx) => {
        await recordAudit(tx, { by: ADA, action: 'flow.saved', id: 'f', after: {} });
        throw new Error('the change failed');
      }),
    ).rejects.toThrow('the change failed');
    expect((await rows()).length).toBe(count);
  });

  test('refuses to be changed, emptied or thinned out', async () => {
    await recordAudit(db.kysely, { by: ADA, action: 'flow.deleted', id: 'f', before: { id: 'f' } });
    for (const statement of [
      `update audit set actor_name = 'someone else'`,
      `update audit set at = now()`,
      'delete from audit',
      'truncate audit',
    ])
      await expect(sql.raw(statement).execute(db.kysely), statement).rejects.toThrow('the audit is append-only');
  });

  test('lets rows go by age alone, and closes again behind them', async () => {
    const before = await rows();
    expect(await removeAuditBefore(db, new Date(Date.now() - 60_000), 100)).toBe(0);
    await recordAudit(db.kysely, { by: ADA, action: 'flow.saved', id: 'f', after: {} });
    const last = (await rows()).at(-1);
    expect(await removeAuditBefore(db, last?.at ?? new Date(0), 1)).toBe(1);
    expect((await rows()).map(({ number }) => number)).toEqual([...before.slice(1), last].map((row) => row?.number));
    await expect(db.kysely.deleteFrom('audit').execute()).rejects.toThrow('the audit is append-only');
  });

  test('cuts what is too long to keep', async () => {
    await recordAudit(db.kysely, { by: ADA, action: 'flow.created', id: 'f', after: { text: 'x'.repeat(100_000) } });
    expect((await rows()).at(-1)?.after).toEqual({ $cut: 100_011 });
  });
});
