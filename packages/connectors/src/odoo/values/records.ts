import { fieldOn } from '../client/dialect.ts';
import type { OdooCall, OdooClient } from '../client/odoo-client.ts';
import type { KnownModel } from './known-model.ts';
import { decodedRecord } from './odoo-values.ts';

export type OdooRecord = Record<string, unknown> & { readonly id: number };

/** Records read in one call. */
const BATCH = 200;

/** The records that are there, in the order of `ids`, with the fields by the names they were asked for. */
export async function readRecords(
  client: OdooClient,
  known: KnownModel,
  {
    ids,
    fields,
    context,
  }: { readonly ids: readonly number[]; readonly fields: readonly string[] } & Pick<OdooCall, 'context'>,
): Promise<OdooRecord[]> {
  const asked = new Map(fields.map((name) => [fieldOn(known.fields, known.model, name), name]));
  const found = new Map<number, OdooRecord>();
  for (let at = 0; at < ids.length; at += BATCH) {
    const rows = (await client.call({
      model: known.serverModel,
      method: 'read',
      ids: ids.slice(at, at + BATCH),
      args: { fields: [...asked.keys()], load: null },
      ...(context ? { context } : {}),
    })) as OdooRecord[];
    for (const row of rows) found.set(row.id, renamed(decodedRecord(row, known.fields), asked));
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

function renamed(record: Record<string, unknown>, asked: ReadonlyMap<string, string>): OdooRecord {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [asked.get(name) ?? name, value]),
  ) as OdooRecord;
}
