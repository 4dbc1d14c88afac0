import { FlowError } from '@crossdock/errors';
import type { OdooCall, OdooClient } from './client/odoo-client.ts';
import type { OdooConnection } from './client/odoo-connection.ts';
import { remoteOf } from './client/post-json.ts';

/**
 * Calls a method that does something to records. Odoo may answer with a dialog for a person, and has then done nothing: throws
 * `REMOTE_ODOO_DIALOG` with what it asks.
 */
export async function callAction(connection: OdooConnection, client: OdooClient, call: OdooCall): Promise<void> {
  const answer = await client.call(call);
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return;
  const { name, res_model: dialog } = answer as { name?: unknown; res_model?: unknown };
  const reason =
    [name, dialog].filter((one) => typeof one === 'string' && one !== '').join(', ') || 'it gives no reason';
  const details = { remote: remoteOf(connection), call: `${call.model}/${call.method}`, reason };
  throw new FlowError('REMOTE_ODOO_DIALOG', { details });
}
