import { FlowError } from '@crossdock/errors';
import { fieldOn } from '../client/dialect.ts';
import type { OdooCall, OdooClient } from '../client/odoo-client.ts';
import type { OdooConnection } from '../client/odoo-connection.ts';
import { remoteOf } from '../client/post-json.ts';
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

/** The one record with this id. Throws `REMOTE_ODOO_MISSING`. */
export async function readRecord(
  { connection, client, known }: { connection: OdooConnection; client: OdooClient; known: KnownModel },
  { id, fields }: { readonly id: number; readonly fields: readonly string[] },
): Promise<OdooRecord> {
  const [record] = await readRecords(client, known, { ids: [id], fields });
  if (record === undefined) throw missingRecords(connection, known.model, [id]);
  return record;
}

/** The error that no record has these ids. */
export function missingRecords(connection: OdooConnection, model: string, ids: readonly number[]): FlowError {
  const reason = `no ${model} has the id ${ids.slice(0, 20).join(', ')}`;
  const details = { remote: remoteOf(connection), call: `${model}/read`, reason, ids };
  return new FlowError('REMOTE_ODOO_MISSING', { details });
}

function renamed(record: Record<string, unknown>, asked: ReadonlyMap<string, string>): OdooRecord {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [asked.get(name) ?? name, value]),
  ) as OdooRecord;
}
