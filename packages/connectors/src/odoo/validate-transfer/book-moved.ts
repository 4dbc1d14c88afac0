import { FlowError } from '@crossdock/errors';
import { fieldOn } from '../client/dialect.ts';
import type { OdooClient } from '../client/odoo-client.ts';
import type { OdooConnection } from '../client/odoo-connection.ts';
import { knownModel } from '../values/known-model.ts';

const MODEL = 'stock.move';

/**
 * Writes what was moved on the moves of a transfer, before it is validated. A move that is not named, or with 0, is left to the rest. Throws
 * `CONFIG_INVALID` for moves of other transfers, and where nothing was moved: Odoo would then book all that is reserved.
 */
export async function bookMoved(
  connection: OdooConnection,
  client: OdooClient,
  { transferId, moved }: { transferId: number; moved: readonly { moveId: number; quantity: number }[] },
): Promise<void> {
  const known = await knownModel(connection, client, MODEL);
  const args = {
    domain: [
      ['picking_id', '=', transferId],
      ['state', 'not in', ['done', 'cancel']],
    ],
  };
  const own = new Set((await client.call({ model: MODEL, method: 'search', args })) as number[]);
  const strange = moved.filter(({ moveId }) => !own.has(moveId)).map(({ moveId }) => moveId);
  if (strange.length > 0) throw invalid(`the transfer ${transferId} has no open move ${strange.join(', ')}`);
  if (!moved.some(({ quantity }) => quantity > 0)) throw invalid('nothing was moved, so there is nothing to validate');
  const field = fieldOn(known.fields, MODEL, 'quantity');
  for (const { moveId, quantity } of moved) {
    const picked = 'picked' in known.fields ? { picked: quantity > 0 } : {};
    const vals = { [field]: quantity, ...picked };
    await client.call({ model: MODEL, method: 'write', ids: [moveId], args: { vals } });
  }
}

const invalid = (reason: string): FlowError =>
  new FlowError('CONFIG_INVALID', { details: { what: 'what was moved', reason } });
