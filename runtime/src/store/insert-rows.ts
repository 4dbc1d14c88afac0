import {
  type Insertable,
  type InsertQueryBuilder,
  type InsertResult,
  type RawBuilder,
  sql,
  type Transaction,
} from 'kysely';
import { binaryArray, type ElementType } from './binary-array.ts';
import type { Tables } from './schema.ts';

/** PostgreSQL's type of each column of a table. */
export type ColumnTypes<Table extends keyof Tables> = Readonly<Record<keyof Tables[Table] & string, ElementType>>;

/**
 * An insert of many rows that hands over one array for each column: with a parameter for each value, writing and reading the parameters costs more
 * than storing the rows. JSON is given as text.
 */
export function insertRows<Table extends keyof Tables>(
  tx: Transaction<Tables>,
  table: Table,
  types: ColumnTypes<Table>,
  rows: readonly Insertable<Tables[Table]>[],
): InsertQueryBuilder<Tables, Table, InsertResult> {
  const names = Object.keys(types) as (keyof Tables[Table] & string)[];
  const arrays = names.map((name) => {
    const values = rows.map((row) => (row as Readonly<Record<string, unknown>>)[name]);
    return arrayOf(values, types[name]);
  });
  // Side by side in the list of what is selected: `from unnest(…)` would first write each array to a table of its own.
  const columns = sql.join(arrays.map((array) => sql`unnest(${array})`));
  return tx.insertInto(table).columns(names).expression(sql`select ${columns}`);
}

/** An array as one parameter. */
export function arrayOf(values: readonly unknown[], type: ElementType): RawBuilder<unknown> {
  return sql`${binaryArray(values, type)}::${sql.raw(type)}[]`;
}
