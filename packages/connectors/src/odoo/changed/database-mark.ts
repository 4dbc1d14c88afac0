import { isFlowError } from '@crossdock/errors';
import type { OdooClient } from '../client/odoo-client.ts';
import type { OdooConnection } from '../client/odoo-connection.ts';

const PLACE = 'odoo.database';
const KNOWN_FOR_MS = 600_000;

/** What Odoo marks a database by, another one for each copy of it; undefined where the user may not read it. Asked for every ten minutes. */
export async function databaseMark(connection: OdooConnection, client: OdooClient): Promise<string | undefined> {
  const known = connection.memory.get(PLACE) as { at: number; mark: string | undefined } | undefined;
  if (known && performance.now() - known.at < KNOWN_FOR_MS) return known.mark;
  const mark = await ask(client);
  connection.memory.set(PLACE, { at: performance.now(), mark });
  return mark;
}

async function ask(client: OdooClient): Promise<string | undefined> {
  const args = { domain: [['key', '=', 'database.uuid']], fields: ['value'], limit: 1 };
  try {
    const [row] = (await client.call({ model: 'ir.config_parameter', method: 'search_read', args })) as {
      value: string;
    }[];
    return row?.value;
  } catch (error) {
    if (isFlowError(error, 'CONFIG_ODOO_ACCESS')) return undefined;
    throw error;
  }
}
