import { FlowError, isFlowError } from '@crossdock/errors';
import type { OdooCall, OdooClient } from './client/odoo-client.ts';
import type { OdooConnection } from './client/odoo-connection.ts';
import { remoteOf } from './client/post-json.ts';

/**
 * Calls a method that does something to records, and gives why it may not be done: `REMOTE_ODOO_RULE` where Odoo refuses, `REMOTE_ODOO_DIALOG` where
 * it answers with an action for a person. Neither decides: what is refused may have been done by an earlier call whose answer was lost, and some
 * actions come after what was asked for is done, such as papers to print. So read the records after, and throw it where they are as they were.
 */
export async function tryAction(
  connection: OdooConnection,
  client: OdooClient,
  call: OdooCall,
): Promise<FlowError | undefined> {
  try {
    return dialogIn(connection, call, await client.call(call));
  } catch (error) {
    if (isFlowError(error, 'REMOTE_ODOO_RULE')) return error;
    throw error;
  }
}

function dialogIn(connection: OdooConnection, call: OdooCall, answer: unknown): FlowError | undefined {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined;
  const { name, res_model: dialog } = answer as { name?: unknown; res_model?: unknown };
  const reason =
    [name, dialog].filter((one) => typeof one === 'string' && one !== '').join(', ') || 'it gives no reason';
  const details = { remote: remoteOf(connection), call: `${call.model}/${call.method}`, reason };
  return new FlowError('REMOTE_ODOO_DIALOG', { details });
}
