import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFor } from './database-for.testing.ts';
import { arrayOf, type Database, insertRows, openDatabase } from './index.ts';

const log = pino({ level: 'silent' });

describe('the database', () => {
  let dir = '';
  let db: Database;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'crossdock-db-'));
    db = await openDatabase({ ...(await databaseFor(dir)), log });
  });
  afterAll(async () => {
    await db.close();
    await rm(dir, { recursive: true, force: true });
  });

  const mark = (step: string) => ({ step, done_at: new Date() });

  test('a transaction that fails leaves nothing', async () => {
    const failing = db.transaction(async (tx) => {
      await tx.insertInto('seed_steps').values(mark('rolled back')).execute();
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    const rows = await db.kysely.selectFrom('seed_steps').where('step', '=', 'rolled back').selectAll().execute();
    expect(rows).toEqual([]);
  });

  test('queries from elsewhere wait for a transaction and never land in it', async () => {
    const inside = db.transaction(async (tx) => {
      await tx.insertInto('seed_steps').values(mark('inside')).execute();
      await sql`select pg_sleep(0.05)`.execute(tx);
      throw new Error('stop');
    });
    const outside = db.kysely.insertInto('seed_steps').values(mark('outside')).execute();
    await expect(inside).rejects.toThrow('stop');
    await outside;
    expect((await db.kysely.selectFrom('seed_steps').select('step').execute()).map(({ step }) => step)).toEqual([
      'outside',
    ]);
  });

  test('using the outer database inside a transaction is refused instead of hanging', async () => {
    const wrong = db.transaction(async () => db.kysely.selectFrom('flows').selectAll().execute());
    await expect(wrong).rejects.toThrow('use its tx');
    await db.check();
  });

  test.skipIf(process.env.TEST_DATABASE_URL === undefined)(
    'a connection that breaks between two queries of a transaction fails that transaction alone',
    async () => {
      const broken = db.transaction(async (tx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
        const client = new Client({ connectionString: process.env.TEST_DATABASE_URL });
        await client.connect();
        await client.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
        await client.end();
        await sleep(200);
        await tx.insertInto('seed_steps').values(mark('never')).execute();
      });
      await expect(broken).rejects.toThrow();
      await db.check();
    },
  );

  test('rows that go in as columns come back as they were', async () => {
    const texts = ['', 'NULL', '{}', 'a,b', '"quoted" \\back\\', 'Größe 😀', ' spaces\n and\tmore '];
    const rows = texts.map((text, at) => ({
      execution_id: `00000000-0000-4000-8000-00000000000${at}`,
      pack: `00000000-0000-4000-8000-10000000000${at}`,
      env: text,
      entries: text,
      content: Uint8Array.from({ length: at * 50 }, (_, byte) => byte),
      encoding: 'json' as const,
      stored_at: new Date(at * 1_234_567),
    }));
    const types = {
      execution_id: 'uuid',
      pack: 'uuid',
      env: 'text',
      entries: 'text',
      content: 'bytea',
      encoding: 'text',
      stored_at: 'timestamptz',
    } as const;
    await db.transaction((tx) => insertRows(tx, 'payloads', types, rows).execute());
    const found = await db.kysely.selectFrom('payloads').selectAll().orderBy('execution_id').execute();
    expect(found.map((row) => ({ ...row, content: new Uint8Array(row.content) }))).toEqual(rows);
    const { rows: mixed } = await sql`select unnest(${arrayOf([true, null, false], 'bool')}) as bool,
      unnest(${arrayOf([-1, 2, null], 'int4')}) as int4, unnest(${arrayOf([null, 0.5, -3], 'float8')}) as float8,
      unnest(${arrayOf(['{"a":[1]}', null, '"Größe"'], 'json')}) as json,
      unnest(${arrayOf([null, '', 'text'], 'text')}) as text`.execute(db.kysely);
    expect(mixed).toEqual([
      { bool: true, int4: -1, float8: null, json: { a: [1] }, text: null },
      { bool: null, int4: 2, float8: 0.5, json: null, text: '' },
      { bool: false, int4: null, float8: -3, json: 'Größe', text: 'text' },
    ]);
    const keys = { 'order "no"': ['a\\b', '{"json":[1,null]}'] };
    const { rows: read } = await sql<{
      keys: unknown;
    }>`select unnest(${arrayOf([JSON.stringify(keys), null], 'jsonb')}) as keys`.execute(db.kysely);
    expect(read).toEqual([{ keys }, { keys: null }]);
  });

  test('bytes come back as they went in, and so do none', async () => {
    for (const bytes of [Uint8Array.from({ length: 256 }, (_, byte) => byte), new Uint8Array()]) {
      const { rows } = await sql<{ bytes: Uint8Array }>`select ${bytes}::bytea as bytes`.execute(db.kysely);
      expect(new Uint8Array(rows[0]?.bytes ?? [1])).toEqual(bytes);
    }
  });

  test('a refused statement names its SQLSTATE and constraint', async () => {
    const row = mark('twice');
    await db.kysely.insertInto('seed_steps').values(row).execute();
    await expect(db.kysely.insertInto('seed_steps').values(row).execute()).rejects.toMatchObject({
      code: '23505',
      constraint: 'seed_steps_pkey',
    });
  });
});

test('the files open clean after kill -9 while writing, and every committed row is there', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'crossdock-db-'));
  let committed = 0;
  for (let kill = 0; kill < 5; kill++) {
    const child = spawn(process.execPath, [new URL('./write-until-killed.testing.ts', import.meta.url).pathname, dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    committed = await killAfterRows(child, committed, 20 + kill * 7);
  }
  const db = await openDatabase({ ...(await databaseFor(dir)), log });
  const { rows } = await sql<{ count: number; last: number }>`
    select count(*)::int as count, max(replace(step, 'row ', '')::int) as last from seed_steps`.execute(db.kysely);
  expect(rows[0]?.last).toBeGreaterThanOrEqual(committed);
  expect(rows[0]?.count).toBe(rows[0]?.last);
  await db.close();
  await rm(dir, { recursive: true, force: true });
}, 120_000);

/** The writer prints each number once it is committed; gives the last one seen. */
function killAfterRows(child: ChildProcess, before: number, rows: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let last = before;
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) last = Number(line);
      if (last >= before + rows) child.kill('SIGKILL');
    });
    child.on('exit', (_code, signal) =>
      signal === 'SIGKILL' ? resolve(last) : reject(new Error(`the writer ended by itself after row ${last}`)),
    );
  });
}
