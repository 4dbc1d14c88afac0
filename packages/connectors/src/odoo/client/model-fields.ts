import type { OdooClient } from './odoo-client.ts';
import type { OdooConnection } from './odoo-connection.ts';

/** A field as `fields_get` tells of it. */
export interface FieldInfo {
  /** `char`, `many2one`, `datetime`, … */
  readonly type: string;
  /** Of a relation: the model that it leads to. */
  readonly relation?: string;
}

/** Fields by name. */
export type ModelFields = Readonly<Record<string, FieldInfo>>;

/** After this a field that was added in Odoo is known, a change of the connection apart. */
const KNOWN_FOR_MS = 600_000;

/** The fields of a model, by its server's names; remembered with the connection. */
export async function modelFields(connection: OdooConnection, client: OdooClient, model: string): Promise<ModelFields> {
  const place = `odoo.fields.${model}`;
  const known = connection.memory.get(place) as { at: number; fields: ModelFields } | undefined;
  if (known && performance.now() - known.at < KNOWN_FOR_MS) return known.fields;
  const args = { allfields: [], attributes: ['type', 'relation'] };
  const fields = (await client.call({ model, method: 'fields_get', args })) as ModelFields;
  connection.memory.set(place, { at: performance.now(), fields });
  return fields;
}
