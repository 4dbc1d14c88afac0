import type { CrossReference } from '@crossdock/api-contract';
import type { XrefRecord } from '@crossdock/xref';
import { type Kysely, type Selectable, type SqlBool, sql } from 'kysely';
import type { Tables } from '../../store/index.ts';
import { readCursor, unknownCursor } from '../paging.ts';

export type XrefRow = Selectable<Tables['xref_records']>;

export interface XrefSearch {
  readonly entity?: string;
  readonly system?: string;
  readonly missing?: string;
  readonly q?: string;
}

export const recordOf = ({ record_id, entity, ids, reservations }: XrefRow): XrefRecord => ({
  ...{ recordId: record_id, entity, ids, reservations },
});

/** A record as the API shows it; reservations that have ended are none. */
export function xrefView(env: string, { recordId, entity, ids, reservations }: XrefRecord): CrossReference {
  const open = reservations.filter(({ until }) => until > Date.now());
  return {
    ...{ recordId, env, entity, ids: ids.map((id) => ({ ...id, fields: { ...id.fields } })) },
    reservations: open.map(({ system, until }) => ({ system, until: new Date(until).toISOString() })),
  };
}

interface Place {
  readonly at: Date;
  readonly recordId: string;
}

/** Reads a cursor back. Throws `API_BAD_REQUEST` for what is none. */
export function readXrefPlace(cursor: string | undefined): Place | undefined {
  const [time, recordId] = readCursor(cursor, 2) ?? [];
  if (time === undefined || recordId === undefined) return undefined;
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) throw unknownCursor();
  return { at, recordId };
}

/** Records with ids that match, those that changed last first. */
export function searchXrefs(
  kysely: Kysely<Tables>,
  env: string,
  { entity, system, missing, q }: XrefSearch,
  { limit, after }: { limit: number; after?: Place | undefined },
): Promise<XrefRow[]> {
  const having = (condition: ReturnType<typeof sql<SqlBool>>) =>
    sql<SqlBool>`exists (select 1 from xref_ids one where one.env = xref_records.env
      and one.record_id = xref_records.record_id and ${condition})`;
  let query = kysely
    .selectFrom('xref_records')
    .selectAll()
    .where('env', '=', env)
    .where(sql<SqlBool>`(jsonb_array_length(ids) > 0 or jsonb_array_length(reservations) > 0)`)
    .orderBy('updated_at', 'desc')
    .orderBy('record_id', 'desc')
    .limit(limit);
  if (entity !== undefined) query = query.where('entity', '=', entity);
  if (system !== undefined) query = query.where(having(sql`one.system = ${system}`));
  if (missing !== undefined) query = query.where(sql<SqlBool>`not ${having(sql`one.system = ${missing}`)}`);
  const words = q?.trim().toLowerCase();
  if (words) {
    const like = `${words.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where(
      sql<SqlBool>`record_id in (select record_id from xref_ids where env = ${env}
        and (lower(id) like ${like} or lower(name) like ${like}))`,
    );
  }
  if (after) query = query.where(sql<SqlBool>`(updated_at, record_id) < (${after.at}::timestamptz, ${after.recordId})`);
  return query.execute();
}

/** The records that list any of these ids, by `system id`. */
export async function recordsOfIds(
  kysely: Kysely<Tables>,
  scope: { env: string; entity: string },
  ids: readonly string[],
): Promise<XrefRecord[]> {
  const rows = await kysely
    .selectFrom('xref_records')
    .selectAll()
    .where('env', '=', scope.env)
    .where('entity', '=', scope.entity)
    .where(
      sql<SqlBool>`record_id in (select record_id from xref_ids where env = ${scope.env} and entity = ${scope.entity}
        and id = any(${[...ids]}::text[]))`,
    )
    .execute();
  return rows.map(recordOf);
}
