import type { RunNode } from '@crossdock/connector-sdk';
import { FlowError, isFlowError } from '@crossdock/errors';
import type { OdooClient } from '../client/odoo-client.ts';
import type { OdooConnection } from '../client/odoo-connection.ts';
import { remoteOf } from '../client/post-json.ts';
import { openClient } from '../open-client.ts';
import { tryAction } from '../try-action.ts';
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
    const trouble = await tryAction(connection, client, { model: MODEL, method: 'action_post', ids: [id] });
    invoice = await read();
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

/**
 * By the dialog of Odoo's own button, which drops whatever context would mark the invoice, so it is marked right after. Where an earlier attempt died
 * in between, Odoo refuses, as it counts what is invoiced: then the invoice that has no mark is that attempt's.
 */
async function makeInvoice(
  connection: OdooConnection,
  client: OdooClient,
  { orderId, key }: { orderId: number; key: string },
): Promise<number> {
  const before = await unmarkedOf(client, orderId);
  const refusal = await pressButton(client, orderId);
  const left = await unmarkedOf(client, orderId);
  const id = refusal ? left.at(-1) : left.find((one) => !before.includes(one));
  if (id === undefined) throw refusal ?? refused(connection, `${WIZARD}/create_invoices`, 'it made no invoice');
  const args = { vals: { invoice_source_email: key } };
  await client.call({ model: MODEL, method: 'write', ids: [id], args });
  return id;
}

/** Gives Odoo's refusal, if it refuses. */
async function pressButton(client: OdooClient, orderId: number): Promise<FlowError | undefined> {
  const context = { active_model: 'sale.order', active_ids: [orderId], active_id: orderId };
  const values = { advance_payment_method: 'delivered', sale_order_ids: [[6, 0, [orderId]]] };
  const args = { vals_list: [values] };
  const ids = (await client.call({ model: WIZARD, method: 'create', args, context })) as number[];
  try {
    await client.call({ model: WIZARD, method: 'create_invoices', ids, context });
    return undefined;
  } catch (error) {
    if (isFlowError(error, 'REMOTE_ODOO_RULE')) return error;
    throw error;
  }
}

/** The draft invoices of the order that this user has made and that carry no key, oldest first. */
async function unmarkedOf(client: OdooClient, orderId: number): Promise<number[]> {
  const { uid } = (await client.call({ model: 'res.users', method: 'context_get' })) as { uid: number };
  const domain = [
    ...[
      ['line_ids.sale_line_ids.order_id', '=', orderId],
      ['move_type', '=', 'out_invoice'],
      ['state', '=', 'draft'],
    ],
    ...[
      ['invoice_source_email', '=', false],
      ['create_uid', '=', uid],
    ],
  ];
  return (await client.call({ model: MODEL, method: 'search', args: { domain, order: 'id' } })) as number[];
}

function refused(connection: OdooConnection, call: string, reason: string): FlowError {
  return new FlowError('REMOTE_ODOO_RULE', { details: { remote: remoteOf(connection), call, reason } });
}
