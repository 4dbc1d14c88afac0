import type { RunNode } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import { callAction } from '../call-action.ts';
import { remoteOf } from '../client/post-json.ts';
import { openClient } from '../open-client.ts';
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
  if (before.state !== 'done') {
    if (moved) await bookMoved(connection, client, { transferId: id, moved });
    await callAction(connection, client, {
      ...{ model: MODEL, method: 'button_validate', ids: [id] },
      context: {
        ...{ skip_backorder: true, skip_immediate: true, skip_sms: true },
        ...(rest === 'cancel' ? { picking_ids_not_to_backorder: [id] } : {}),
      },
    });
  }
  const transfer = before.state === 'done' ? before : await read();
  if (transfer.state !== 'done') throw refused(`${transfer.name} is still "${transfer.state}"`);
  const ids = (await client.call({
    ...{ model: MODEL, method: 'search', args: { domain: [['backorder_id', '=', id]], order: 'id' } },
  })) as number[];
  const backorders = await readRecords(client, known, { ids, fields: ['name', 'state'] });
  context.emit('out', { transfer, backorders, wasDone: before.state === 'done' });
};
