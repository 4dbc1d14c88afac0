import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import { FlowError } from '@crossdock/errors';
import { Kysely, PostgresDialect, type PostgresPool, sql, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Client, Pool } from 'pg';
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
  /** Name of the last change of the schema to make; all when left out. For a restore of an older backup. */
  upTo?: string | undefined;
}

/** The control plane's database, migrated to the newest schema. */
export interface Database {
  readonly kysely: Kysely<Tables>;
  /** One connection for all: a long query holds up everybody. */
  readonly isEmbedded: boolean;
  /**
   * Runs `work` in a transaction. Inside it only `tx` may be used: the embedded database has one connection, and the outer
   * `kysely` would wait for itself; it throws instead.
   */
  transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** A transaction that only reads, and sees the database as it was at its begin. */
  snapshot<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
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
      : new PostgresDialect({ pool: openPool(options.url, options.log, inTransaction) });
  const kysely = new Kysely<Tables>({ dialect });
  try {
    await migrate(kysely, options);
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
  return {
    kysely,
    isEmbedded: options.url === undefined,
    snapshot: (work) =>
      kysely
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((tx) => inTransaction.run(true, () => work(tx))),
    transaction: (work) => kysely.transaction().execute((tx) => inTransaction.run(true, () => work(tx))),
    check: () => check(kysely),
    close: () => kysely.destroy(),
  };
}

/** Names of the schema's changes that this version knows, in their order. */
export const schemaChanges: readonly string[] = Object.keys(migrations).sort();

/** Whether a PostgreSQL database has no tables yet. */
export async function isEmptyDatabase(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CHECK_TIMEOUT_MS });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_tables where schemaname = 'public' limit 1");
    return rowCount === 0;
  } finally {
    await client.end();
  }
}

function openPool(url: string, log: Logger, inTransaction: AsyncLocalStorage<boolean>): PostgresPool {
  const pool = new Pool({ connectionString: url, max: 10, connectionTimeoutMillis: CHECK_TIMEOUT_MS });
  // Whoever holds it, a connection that breaks must not end the process as an unhandled 'error' event: the pool listens to idle
  // ones alone, and one in a transaction breaks between two of its queries. The next query on it fails.
  pool.on('connect', (client) => {
    client.on('error', (error) => log.warn({ err: error }, 'a database connection broke'));
  });
  pool.on('error', () => undefined);
  return {
    async connect() {
      // As the embedded one does: what would hang there must not pass here.
      if (inTransaction.getStore()) throw new Error('the outer database was used inside a transaction: use its tx');
      return pool.connect();
    },
    end: () => pool.end(),
    options: pool.options,
  };
}

async function migrate(kysely: Kysely<Tables>, { log, upTo }: DatabaseOptions): Promise<void> {
  const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => migrations } });
  const { error, results = [] } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo));
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
