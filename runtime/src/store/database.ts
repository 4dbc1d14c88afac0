import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import { FlowError } from '@crossdock/errors';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Pool } from 'pg';
import type { Logger } from '../log.ts';
import { migrations } from './migrations.ts';
import { openPGliteDialect } from './pglite-dialect.ts';
import type { Tables } from './schema.ts';

export interface DatabaseOptions {
  /** `postgres://…`; without it PGlite in `dir`. */
  url?: string | undefined;
  /** The data folder; PGlite keeps its files in `dir/pglite`. */
  dir: string;
  log: Logger;
}

/** The control plane's database, migrated to the newest schema. */
export interface Database {
  readonly kysely: Kysely<Tables>;
  /**
   * Runs `work` in a transaction. Inside it only `tx` may be used: the embedded database has one connection, and the outer
   * `kysely` would wait for itself; it throws instead.
   */
  transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Rejects with `SYSTEM_DATABASE_UNAVAILABLE` when a trivial query does not come back. */
  check(): Promise<void>;
  /** Finishes what runs and closes the files or connections. */
  close(): Promise<void>;
}

const CHECK_TIMEOUT_MS = 5_000;

/** Opens PostgreSQL by URL, or PGlite on disk in a worker thread, and brings the schema up to date. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const inTransaction = new AsyncLocalStorage<boolean>();
  const dialect =
    options.url === undefined
      ? openPGliteDialect({ dir: join(options.dir, 'pglite'), log: options.log, inTransaction })
      : new PostgresDialect({ pool: openPool(options.url, options.log) });
  const kysely = new Kysely<Tables>({ dialect });
  try {
    await migrate(kysely, options.log);
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
  return {
    kysely,
    transaction: (work) => kysely.transaction().execute((tx) => inTransaction.run(true, () => work(tx))),
    check: () => check(kysely),
    close: () => kysely.destroy(),
  };
}

function openPool(url: string, log: Logger): Pool {
  const pool = new Pool({ connectionString: url, max: 10, connectionTimeoutMillis: CHECK_TIMEOUT_MS });
  // An idle connection that breaks would otherwise end the process as an unhandled 'error' event.
  pool.on('error', (error) => log.warn({ err: error }, 'a database connection broke'));
  return pool;
}

async function migrate(kysely: Kysely<Tables>, log: Logger): Promise<void> {
  const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => migrations } });
  const { error, results = [] } = await migrator.migrateToLatest();
  for (const { migrationName, status } of results)
    if (status === 'Success') log.info({ migration: migrationName }, 'database schema brought up to date');
  if (error) throw error;
}

async function check(kysely: Kysely<Tables>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([sql`select 1`.execute(kysely), late]);
  } catch (cause) {
    throw new FlowError('SYSTEM_DATABASE_UNAVAILABLE', { cause });
  } finally {
    clearTimeout(timer);
  }
}
