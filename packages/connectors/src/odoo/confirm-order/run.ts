import type { RunNode } from '@crossdock/connector-sdk';
import { FlowError, isFlowError } from '@crossdock/errors';
import { callAction } from '../call-action.ts';
import { remoteOf } from '../client/post-json.ts';
import { openClient } from '../open-client.ts';
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
  const refusal = await callAction(connection, client, call).then(
    () => undefined,
    (error: unknown) => {
      if (isFlowError(error, 'REMOTE_ODOO_RULE')) return error;
      throw error;
    },
  );
  const after = await read();
  // Refused because an earlier call, of which no answer came, has done it meanwhile.
  if (refusal && !isConfirmed(after)) throw refusal;
  if (!isConfirmed(after)) {
    const reason = `${after.name} is still "${after.state}"`;
    throw new FlowError('REMOTE_ODOO_RULE', {
      details: { remote: remoteOf(connection), call: `${MODEL}/action_confirm`, reason },
    });
  }
  context.emit('out', { order: after, wasConfirmed: refusal !== undefined });
};

/** `done` is a locked order, up to 16. */
const isConfirmed = ({ state }: OdooRecord): boolean => state === 'sale' || state === 'done';
