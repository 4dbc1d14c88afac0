import type { AsyncLocalStorage } from 'node:async_hooks';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PGliteAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Logger } from '../log.ts';
import { openPGliteLink, type PGliteLink } from './pglite-link.ts';

export interface PGliteDialectOptions {
  /** Folder of the database files, made when missing. */
  dir: string;
  log: Logger;
  /** True inside `Database.transaction`: asking for a second connection there would wait for itself for ever. */
  inTransaction: AsyncLocalStorage<boolean>;
}

/** Kysely over PGlite in a thread of its own: the event loop of the process never waits for SQL. */
export function openPGliteDialect(options: PGliteDialectOptions): Dialect {
  return {
    createDriver: () => new PGliteDriver(options),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new QueueingAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

/** Says that the driver itself queues: Kysely's own lock would wait for ever where the driver refuses. */
class QueueingAdapter extends PGliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** One connection, lent to one user at a time: whoever holds it for a transaction is alone with the database. */
class PGliteDriver implements Driver {
  readonly #options: PGliteDialectOptions;
  readonly #queue: (() => void)[] = [];
  #lent = false;
  #link: PGliteLink | undefined;
  #connection: PGliteConnection | undefined;

  constructor(options: PGliteDialectOptions) {
    this.#options = options;
  }

  async init(): Promise<void> {
    this.#link = await openPGliteLink(this.#options.dir, this.#options.log);
    this.#connection = new PGliteConnection(this.#link);
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#options.inTransaction.getStore())
      throw new Error('the outer database was used inside a transaction: use its tx');
    if (!this.#connection) throw new Error('the database is not open');
    if (this.#lent) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#lent = true;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    const next = this.#queue.shift();
    if (next) next();
    else this.#lent = false;
  }

  async beginTransaction(_connection: DatabaseConnection, settings: { isolationLevel?: string }): Promise<void> {
    const level = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : '';
    await this.#link?.query(`begin${level}`, []);
  }

  async commitTransaction(): Promise<void> {
    await this.#link?.query('commit', []);
  }

  async rollbackTransaction(): Promise<void> {
    await this.#link?.query('rollback', []);
  }

  async destroy(): Promise<void> {
    await this.#link?.close();
  }
}

class PGliteConnection implements DatabaseConnection {
  readonly #link: PGliteLink;

  constructor(link: PGliteLink) {
    this.#link = link;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, affectedRows } = await this.#link.query(query.sql, query.parameters);
    return { rows: rows as R[], numAffectedRows: BigInt(affectedRows) };
  }

  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    yield* [];
    throw new Error('the embedded database does not stream: read pages');
  }
}
