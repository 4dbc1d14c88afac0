import type { CheckConnection } from '@crossdock/connector-sdk';
import { isFlowError } from '@crossdock/errors';
import { type OdooClient, odooClient } from '../client/odoo-client.ts';
import { versionOf } from '../client/server-version.ts';
import type { odooConnection } from './manifest.ts';

/** Modules whose models flows of orders work with, and for each the model whose rights are told. */
const MODULES = [
  ['sale', 'sale.order'],
  ['stock', 'stock.picking'],
  ['purchase', 'purchase.order'],
  ['account', 'account.move'],
  ['delivery', 'delivery.carrier'],
] as const;

/** Tells version, user, rights on the models that matter, when the user's keys end, and installed modules. Reads only. */
export const checkOdooConnection: CheckConnection<typeof odooConnection> = async (connection, ports) => {
  const { text } = await versionOf(connection, ports);
  const client = await odooClient(connection, ports);
  const { uid } = (await client.call({ model: 'res.users', method: 'context_get' })) as { uid: number };
  const [user] = (await client.call({
    ...{ model: 'res.users', method: 'read', ids: [uid] },
    args: { fields: ['login'], load: null },
  })) as { login: string }[];
  const modules = [];
  for (const [module, model] of MODULES) modules.push(`${module} (${await rightsOn(client, model)})`);
  const keys = await keyEnds(client, uid);
  return `Odoo ${text}, user ${user?.login ?? uid}; ${modules.join(', ')}; ${keys}`;
};

/** `reads and writes`, `reads`, `no rights`, or `not installed` where the model does not exist. */
async function rightsOn(client: OdooClient, model: string): Promise<string> {
  const may = (operation: string) =>
    client.major >= 18
      ? client.call({ model, method: 'has_access', ids: [], args: { operation } })
      : client.call({ model, method: 'check_access_rights', args: { operation, raise_exception: false } });
  try {
    if (!(await may('read'))) return 'no rights';
    return (await may('write')) ? 'reads and writes' : 'reads';
  } catch (error) {
    if (isFlowError(error, 'CONFIG_ODOO_CALL')) return 'not installed';
    throw error;
  }
}

/** Odoo does not tell which key was used, so the earliest end of the user's keys is told. Up to 17 keys have none. */
async function keyEnds(client: OdooClient, uid: number): Promise<string> {
  if (client.major < 18) return 'keys of this version do not end';
  try {
    const keys = (await client.call({
      ...{ model: 'res.users.apikeys', method: 'search_read' },
      args: { domain: [['user_id', '=', uid]], fields: ['expiration_date'], load: null },
    })) as { expiration_date: string | false }[];
    const [first] = keys.flatMap((key) => (key.expiration_date === false ? [] : [key.expiration_date])).sort();
    return first === undefined ? 'no key of this user ends' : `the first key of this user ends ${first} UTC`;
  } catch (error) {
    if (isFlowError(error, 'CONFIG_ODOO_ACCESS')) return 'the user may not see when keys end';
    throw error;
  }
}
