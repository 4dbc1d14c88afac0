import { type Kysely, sql } from 'kysely';
import type { Tables } from '../store/index.ts';

/** Signed-in sessions are secrets in clear: everybody signs in again after a restore. The rest is the migrator's own. */
const LEFT_OUT = ['session', 'verification', 'kysely_migration', 'kysely_migration_lock'];

/** A foreign key, as PostgreSQL would declare it. */
export interface ForeignKey {
  table: string;
  name: string;
  parent: string;
  definition: string;
  columns: string[];
  parentColumns: string[];
}

export async function readForeignKeys(db: Kysely<Tables>): Promise<ForeignKey[]> {
  const { rows } = await sql<ForeignKey>`
    select c.conrelid::regclass::text as "table", quote_ident(c.conname) as name, c.confrelid::regclass::text as parent,
      pg_get_constraintdef(c.oid) as definition,
      array(select quote_ident(a.attname) from unnest(c.conkey) with ordinality k(num, pos)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.num order by k.pos) as columns,
      array(select quote_ident(a.attname) from unnest(c.confkey) with ordinality k(num, pos)
        join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.num order by k.pos) as "parentColumns"
    from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace`.execute(db);
  return rows;
}

/** The tables that a backup holds, quoted, parents before those that refer to them. */
export async function tablesInOrder(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string; quoted: string }>`
    select relname as name, quote_ident(relname) as quoted from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by relname`.execute(
    db,
  );
  const keys = await readForeignKeys(db);
  const left = new Set(rows.filter(({ name }) => !LEFT_OUT.includes(name)).map(({ quoted }) => quoted));
  const ordered: string[] = [];
  while (left.size > 0) {
    const ready = [...left].filter((table) =>
      keys.every((key) => key.table !== table || key.parent === table || !left.has(key.parent)),
    );
    // Tables that refer to each other in a ring come as they are: the keys are put back after all rows.
    for (const table of ready.length > 0 ? ready : [...left]) {
      ordered.push(table);
      left.delete(table);
    }
  }
  return ordered;
}
