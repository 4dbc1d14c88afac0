import { FlowError } from '@crossdock/errors';
import type { OdooCall, OdooClient } from './client/odoo-client.ts';
import type { OdooConnection } from './client/odoo-connection.ts';
import { remoteOf } from './client/post-json.ts';

/**
 * Calls a method that does something to records. Odoo may answer with a dialog for a person, and has then done nothing: throws
 * `REMOTE_ODOO_DIALOG` with what it asks.
 */
export async function callAction(connection: OdooConnection, client: OdooClient, call: OdooCall): Promise<void> {
  const dialog = dialogIn(connection, call, await client.call(call));
  if (dialog) throw dialog;
}

/** `REMOTE_ODOO_DIALOG` with what an answer asks, where it is a dialog. */
export function dialogIn(
  connection: OdooConnection,
  call: Pick<OdooCall, 'model' | 'method'>,
  answer: unknown,
): FlowError | undefined {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined;
  const { name, res_model: dialog } = answer as { name?: unknown; res_model?: unknown };
  const reason =
    [name, dialog].filter((one) => typeof one === 'string' && one !== '').join(', ') || 'it gives no reason';
  const details = { remote: remoteOf(connection), call: `${call.model}/${call.method}`, reason };
  return new FlowError('REMOTE_ODOO_DIALOG', { details });
}
