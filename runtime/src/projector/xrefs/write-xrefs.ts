import type { StoredXref } from '@crossdock/bus';
import { sql, type Transaction } from 'kysely';
import { type Database, storableJson, storableText, type Tables } from '../../store/index.ts';

/**
 * Brings the searchable view of these records up to date. A record that comes again, or late, changes nothing; one without ids and reservations stays as
 * its number alone, so that an older one cannot come back.
 */
export async function writeXrefs(db: Database, batch: readonly StoredXref[]): Promise<void> {
  const newest = new Map<string, StoredXref>();
  for (const stored of batch) {
    const key = `${stored.env}/${stored.record.recordId}`;
    if ((newest.get(key)?.rev ?? 0) < stored.rev) newest.set(key, stored);
  }
  await db.transaction(async (tx) => {
    for (const [, stored] of [...newest].toSorted(([a], [b]) => (a < b ? -1 : 1))) await writeXref(tx, stored);
  });
}

async function writeXref(tx: Transaction<Tables>, { env, rev, storedAt, record }: StoredXref): Promise<void> {
  const { recordId: record_id, entity, ids, reservations } = record;
  const row = {
    ...{ entity, rev, updated_at: storedAt },
    ...{ ids: storableJson(ids), reservations: storableJson(reservations) },
  };
  const written = await tx
    .insertInto('xref_records')
    .values({ env, record_id, ...row })
    .onConflict((conflict) =>
      conflict.columns(['env', 'record_id']).doUpdateSet(row).where(sql<boolean>`xref_records.rev < excluded.rev`),
    )
    .returning('record_id')
    .executeTakeFirst();
  if (!written) return;
  await tx.deleteFrom('xref_ids').where('env', '=', env).where('record_id', '=', record_id).execute();
  if (ids.length === 0) return;
  const values = ids.map(({ system, id, name }) => ({
    ...{ env, record_id, entity, system },
    id: storableText(id),
    name: name === undefined ? null : storableText(name),
  }));
  await tx.insertInto('xref_ids').values(values).execute();
}
