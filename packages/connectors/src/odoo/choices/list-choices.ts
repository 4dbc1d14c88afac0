import type { ListChoices } from '@crossdock/connector-sdk';
import { modelOn, nameOn19 } from '../client/dialect.ts';
import { type OdooClient, odooClient } from '../client/odoo-client.ts';
import type { odooConnection } from '../connection/manifest.ts';

/** As `fields_get` tells of one. */
interface ToldField {
  readonly string: string;
  readonly type: string;
  readonly required?: boolean;
  readonly readonly?: boolean;
  readonly relation?: string;
}

/** Models of a database, or the fields of one, by the names of Odoo 19. Reads only. */
export const listOdooChoices: ListChoices<typeof odooConnection> = async ({ of, within }, connection, ports) => {
  const client = await odooClient(connection, ports);
  return of === 'models' ? models(client) : fields(client, within);
};

async function models(client: OdooClient) {
  const args = { domain: [['transient', '=', false]], fields: ['model', 'name'], order: 'model' };
  const rows = (await client.call({ model: 'ir.model', method: 'search_read', args })) as {
    model: string;
    name: string;
  }[];
  return rows.map(({ model, name }) => ({ value: model, title: name }));
}

async function fields(client: OdooClient, model: string) {
  const serverModel = modelOn(client.major, model);
  const args = { allfields: [], attributes: ['string', 'type', 'required', 'readonly', 'relation'] };
  const told = (await client.call({ model: serverModel, method: 'fields_get', args })) as Record<string, ToldField>;
  return Object.entries(told)
    .map(([name, { string: title, type, required = false, readonly = false, relation }]) => ({
      ...{ value: nameOn19(told, model, name), title, type, required, readonly },
      ...(relation === undefined ? {} : { relation }),
    }))
    .toSorted((a, b) => Number(b.required) - Number(a.required) || a.value.localeCompare(b.value, 'en'));
}
