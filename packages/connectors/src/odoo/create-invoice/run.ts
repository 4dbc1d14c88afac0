import type { RunNode } from '@crossdock/connector-sdk';
import { FlowError, isFlowError } from '@crossdock/errors';
import { dialogIn } from '../call-action.ts';
import type { OdooClient } from '../client/odoo-client.ts';
import type { OdooConnection } from '../client/odoo-connection.ts';
import { remoteOf } from '../client/post-json.ts';
import { openClient } from '../open-client.ts';
import { knownModel } from '../values/known-model.ts';
import { readRecord } from '../values/records.ts';
import type { odooCreateInvoice } from './manifest.ts';

const MODEL = 'account.move';
const WIZARD = 'sale.advance.payment.inv';
const FIELDS = ['name', 'state', 'amount_total', 'payment_state'];

export const runOdooCreateInvoice: RunNode<typeof odooCreateInvoice> = async (_input, context) => {
  const { orderId, state } = context.config;
  const { connection, client } = await openClient(context);
  const known = await knownModel(connection, client, MODEL);
  const key = `${context.idempotencyKey}@crossdock`;
  const found = await invoiceOf(client, key);
  const id = found ?? (await makeInvoice(connection, client, { orderId, key }));
  const read = () => readRecord({ connection, client, known }, { id, fields: FIELDS });
  let invoice = await read();
  if (state === 'posted' && invoice.state === 'draft') {
    const trouble = await post(connection, client, id);
    invoice = await read();
    // Posted though refused: an earlier call, of which no answer came, has done it meanwhile. Asked something though posted: it is about the next ones.
    if (trouble && invoice.state !== 'posted') throw trouble;
  }
  if (invoice.state === 'cancel' || (state === 'posted' && invoice.state !== 'posted'))
    throw refused(connection, `${MODEL}/action_post`, `the invoice ${invoice.name} is "${invoice.state}"`);
  context.emit('out', { invoice, wasThere: found !== undefined });
};

/** The invoice that carries this key. */
async function invoiceOf(client: OdooClient, key: string): Promise<number | undefined> {
  const args = { domain: [['invoice_source_email', '=', key]], limit: 1 };
  const [id] = (await client.call({ model: MODEL, method: 'search', args })) as number[];
  return id;
}

/** By the dialog of Odoo's own button: in one transaction, the key with it. */
async function makeInvoice(
  connection: OdooConnection,
  client: OdooClient,
  { orderId, key }: { orderId: number; key: string },
): Promise<number> {
  const order = { active_model: 'sale.order', active_ids: [orderId], active_id: orderId };
  const values = { advance_payment_method: 'delivered', sale_order_ids: [[6, 0, [orderId]]] };
  const [wizard] = (await client.call({
    ...{ model: WIZARD, method: 'create', args: { vals_list: [values] }, context: order },
  })) as [number];
  await client.call({
    ...{ model: WIZARD, method: 'create_invoices', ids: [wizard] },
    context: { ...order, default_invoice_source_email: key },
  });
  const id = await invoiceOf(client, key);
  if (id === undefined) throw refused(connection, `${WIZARD}/create_invoices`, 'it made no invoice');
  return id;
}

/** Gives why it may not have been posted. */
async function post(connection: OdooConnection, client: OdooClient, id: number): Promise<FlowError | undefined> {
  const call = { model: MODEL, method: 'action_post', ids: [id] };
  try {
    return dialogIn(connection, call, await client.call(call));
  } catch (error) {
    if (isFlowError(error, 'REMOTE_ODOO_RULE')) return error;
    throw error;
  }
}

function refused(connection: OdooConnection, call: string, reason: string): FlowError {
  return new FlowError('REMOTE_ODOO_RULE', { details: { remote: remoteOf(connection), call, reason } });
}
