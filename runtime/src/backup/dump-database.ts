import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database, Tables } from '../store/index.ts';
import { tablesInOrder } from './tables.ts';

const ROWS = 500;
const BLOCKS = 64;

/**
 * Large, and written again from the streams where a row changed after the backup began. With one connection they are read in portions between the
 * work of others; what hangs together in all other tables is read in one transaction.
 */
const READ_MODEL = new Set(['executions', 'execution_keys', 'spans', 'payloads', 'dead_letters', 'in_doubt']);

export type AddTable = (table: string, pieces: AsyncIterable<Uint8Array>) => Promise<void>;

/** Hands over every table as pieces of JSON lines, one row each. Numbers and texts stay as PostgreSQL writes them. */
export async function dumpDatabase(db: Database, add: AddTable): Promise<void> {
  const tables = await tablesInOrder(db.kysely);
  const isApart = (table: string) => db.isEmbedded && READ_MODEL.has(table);
  await db.snapshot(async (tx) => {
    for (const table of tables) if (!isApart(table)) await add(table, byCursor(tx, table));
  });
  for (const table of tables) if (isApart(table)) await add(table, byBlocks(db.kysely, table));
}

/** Names of the schema's changes that the database has. */
export async function appliedMigrations(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

interface Row {
  row: string;
}

async function* byCursor(tx: Transaction<Tables>, table: string): AsyncGenerator<Uint8Array> {
  const from = sql.raw(table);
  await sql`declare dump no scroll cursor for select row_to_json(t)::text as row from ${from} t`.execute(tx);
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(ROWS)} from dump`.execute(tx);
    if (rows.length === 0) break;
    yield linesOf(rows);
  }
  await sql`close dump`.execute(tx);
}

/** By place on disk: needs no index and no sorting, and nobody waits longer than for one portion. */
async function* byBlocks(db: Kysely<Tables>, table: string): AsyncGenerator<Uint8Array> {
  const from = sql.raw(table);
  for (let block = 0; ; block += BLOCKS) {
    const { rows: sizes } = await sql<{ blocks: number }>`
      select (pg_relation_size(${table}::regclass) / current_setting('block_size')::int)::int as blocks`.execute(db);
    if (block >= (sizes[0]?.blocks ?? 0)) return;
    const [begin, end] = [`(${block},0)`, `(${block + BLOCKS},0)`];
    const { rows } = await sql<Row>`select row_to_json(t)::text as row from ${from} t
      where ctid >= ${begin}::tid and ctid < ${end}::tid`.execute(db);
    for (let at = 0; at < rows.length; at += ROWS) yield linesOf(rows.slice(at, at + ROWS));
  }
}

function linesOf(rows: readonly Row[]): Uint8Array {
  return Buffer.from(rows.map(({ row }) => `${row}\n`).join(''));
}
