import { type Kysely, sql } from 'kysely';
import type { Database, Tables } from '../store/index.ts';
import { readForeignKeys } from './tables.ts';

/** Takes the tables of a backup into a database that has their schema and no rows but those of a fresh schema. */
export interface DatabaseLoad {
  /** Quoted name, and pieces as `dumpDatabase` made them. Gives the number of rows. */
  table(table: string, pieces: AsyncIterable<Uint8Array>): Promise<number>;
  /** After all tables: rows whose parents were read a moment too early go, keys between tables stand again, counters go on behind what is there. */
  finish(): Promise<void>;
}

export async function loadDatabase({ kysely: db }: Database): Promise<DatabaseLoad> {
  const keys = await readForeignKeys(db);
  for (const { table, name } of keys) await sql.raw(`alter table ${table} drop constraint ${name}`).execute(db);
  return {
    async table(table, pieces) {
      if (await hasRows(db, table)) await sql.raw(`truncate ${table}`).execute(db);
      const columns = await writableColumns(db, table);
      let count = 0;
      for await (const piece of pieces) {
        const rows = Buffer.from(piece)
          .toString()
          .split('\n')
          .filter((row) => row !== '');
        count += rows.length;
        await sql`insert into ${sql.raw(table)} (${sql.raw(columns)}) overriding system value
          select ${sql.raw(columns)} from json_populate_recordset(null::${sql.raw(table)}, ${`[${rows.join(',')}]`}::text::json)
          on conflict do nothing`.execute(db);
      }
      return count;
    },
    async finish() {
      for (const { table, parent, columns, parentColumns } of keys) {
        const same = columns.map((column, at) => `p.${parentColumns[at]} = c.${column}`).join(' and ');
        const given = columns.map((column) => `c.${column} is not null`).join(' and ');
        const orphans = `${given} and not exists (select 1 from ${parent} p where ${same})`;
        await sql.raw(`delete from ${table} c where ${orphans}`).execute(db);
      }
      for (const { table, name, definition } of keys)
        await sql.raw(`alter table ${table} add constraint ${name} ${definition}`).execute(db);
      await moveCountersOn(db);
    },
  };
}

async function hasRows(db: Kysely<Tables>, table: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`select exists (select 1 from ${sql.raw(table)}) as has`.execute(db);
  return rows[0]?.has === true;
}

async function writableColumns(db: Kysely<Tables>, table: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`select quote_ident(attname) as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`.execute(
    db,
  );
  return rows.map(({ name }) => name).join(', ');
}

/** Numbers that the database gives out by itself begin behind the highest there is. */
async function moveCountersOn(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string; sequence: string }>`
    select quote_ident(table_name) as "table", quote_ident(column_name) as "column",
      pg_get_serial_sequence(quote_ident(table_name), column_name) as sequence
    from information_schema.columns where table_schema = 'public'
      and pg_get_serial_sequence(quote_ident(table_name), column_name) is not null`.execute(db);
  for (const { table, column, sequence } of rows)
    await sql`select setval(${sequence}::regclass, coalesce((select max(${sql.raw(column)}) from ${sql.raw(table)}), 0) + 1, false)`.execute(
      db,
    );
}
