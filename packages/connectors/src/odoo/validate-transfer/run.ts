import type { RunNode } from '@crossdock/connector-sdk';
import { FlowError, isFlowError } from '@crossdock/errors';
import { remoteOf } from '../client/post-json.ts';
import { openClient } from '../open-client.ts';
import { tryAction } from '../try-action.ts';
import { knownModel } from '../values/known-model.ts';
import { readRecord, readRecords } from '../values/records.ts';
import { bookMoved } from './book-moved.ts';
import type { odooValidateTransfer } from './manifest.ts';

const MODEL = 'stock.picking';

export const runOdooValidateTransfer: RunNode<typeof odooValidateTransfer> = async (_input, context) => {
  const { transferId: id, moved, rest } = context.config;
  const { connection, client } = await openClient(context);
  const known = await knownModel(connection, client, MODEL);
  const read = () => readRecord({ connection, client, known }, { id, fields: ['name', 'state', 'date_done'] });
  const refused = (reason: string) =>
    new FlowError('REMOTE_ODOO_RULE', {
      details: { remote: remoteOf(connection), call: `${MODEL}/button_validate`, reason },
    });
  const before = await read();
  if (before.state === 'cancel') throw refused(`${before.name} is cancelled`);
  let transfer = before;
  let wasDone = before.state === 'done';
  if (!wasDone) {
    if (moved) await bookMoved(connection, client, { transferId: id, moved });
    const trouble = await tryAction(connection, client, {
      ...{ model: MODEL, method: 'button_validate', ids: [id] },
      context: {
        ...{ skip_backorder: true, skip_immediate: true, skip_sms: true },
        ...(rest === 'cancel' ? { picking_ids_not_to_backorder: [id] } : {}),
      },
    });
    transfer = await read();
    if (transfer.state !== 'done') throw trouble ?? refused(`${transfer.name} is still "${transfer.state}"`);
    // What is refused and yet done, an earlier call has done.
    wasDone = isFlowError(trouble, 'REMOTE_ODOO_RULE');
  }
  const ids = (await client.call({
    ...{ model: MODEL, method: 'search', args: { domain: [['backorder_id', '=', id]], order: 'id' } },
  })) as number[];
  const backorders = await readRecords(client, known, { ids, fields: ['name', 'state'] });
  context.emit('out', { transfer, backorders, wasDone });
};
