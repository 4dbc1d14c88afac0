import { FlowError } from '@crossdock/errors';
import { modelFields } from '../client/model-fields.ts';
import type { OdooClient } from '../client/odoo-client.ts';
import type { OdooConnection } from '../client/odoo-connection.ts';
import { remoteOf } from '../client/post-json.ts';
import { serverDomain } from '../values/domain.ts';

/** The id of the one record of a model that has these values. */
export type FindByKey = (serverModel: string, key: Readonly<Record<string, unknown>>) => Promise<number>;

/** Asks for each key once. Throws `DATA_ODOO_KEY` where none has it, or several. */
export function keyFinder(connection: OdooConnection, client: OdooClient): FindByKey {
  const found = new Map<string, Promise<number>>();
  const find: FindByKey = async (model, key) => {
    const fields = await modelFields(connection, client, model);
    const conditions = Object.entries(key).map(([name, value]) => [name, '=', value]);
    const args = { domain: serverDomain(conditions, { model, fields }), limit: 2 };
    const ids = (await client.call({ model, method: 'search', args })) as number[];
    const [id] = ids;
    if (id !== undefined && ids.length === 1) return id;
    const words = Object.entries(key).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
    const details = {
      remote: remoteOf(connection),
      model,
      key: words.join(', '),
      count: id === undefined ? 'no' : 'several',
    };
    throw new FlowError('DATA_ODOO_KEY', { details });
  };
  return (model, key) => {
    const name = JSON.stringify([model, key]);
    const known = found.get(name) ?? find(model, key);
    found.set(name, known);
    return known;
  };
}
