import type { RunNode } from '@crossdock/connector-sdk';
import { FlowError, isFlowError } from '@crossdock/errors';
import { remoteOf } from '../client/post-json.ts';
import { openClient } from '../open-client.ts';
import { tryAction } from '../try-action.ts';
import { knownModel } from '../values/known-model.ts';
import { type OdooRecord, readRecord } from '../values/records.ts';
import type { odooConfirmOrder } from './manifest.ts';

const MODEL = 'sale.order';
const FIELDS = ['name', 'state', 'amount_total', 'picking_ids'];

export const runOdooConfirmOrder: RunNode<typeof odooConfirmOrder> = async (_input, context) => {
  const { orderId: id } = context.config;
  const { connection, client } = await openClient(context);
  const known = await knownModel(connection, client, MODEL);
  const read = () => readRecord({ connection, client, known }, { id, fields: FIELDS });
  const before = await read();
  if (isConfirmed(before)) return context.emit('out', { order: before, wasConfirmed: true });
  const call = { model: MODEL, method: 'action_confirm', ids: [id] };
  const trouble = await tryAction(connection, client, call);
  const after = await read();
  if (!isConfirmed(after)) throw trouble ?? unchanged(after);
  // What is refused and yet confirmed, an earlier call has confirmed.
  context.emit('out', { order: after, wasConfirmed: isFlowError(trouble, 'REMOTE_ODOO_RULE') });

  function unchanged({ name, state }: OdooRecord): FlowError {
    const reason = `${name} is still "${state}"`;
    return new FlowError('REMOTE_ODOO_RULE', {
      details: { remote: remoteOf(connection), call: `${MODEL}/action_confirm`, reason },
    });
  }
};

/** `done` is a locked order, up to 16. */
const isConfirmed = ({ state }: OdooRecord): boolean => state === 'sale' || state === 'done';
