import { configSchema, defineNodeType, field } from '@crossdock/connector-sdk';
import { ODOO } from '../connector.ts';
import { idOf, ODOO_CONNECTION, ODOO_ERRORS, ODOO_TIMEOUT_MS } from '../shared-fields.ts';

export const odooConfirmOrder = defineNodeType({
  type: 'odoo.confirmOrder',
  typeVersion: 1,
  kind: 'action',
  status: 'beta',
  connector: ODOO,
  title: 'Confirm order in Odoo',
  summary: 'Make a quotation in Odoo a sales order.',
  icon: 'circle-check',
  connection: ODOO_CONNECTION,
  handles: { in: ['in'], out: ['out'] },
  effect: 'keyed',
  timeoutMs: ODOO_TIMEOUT_MS,
  line: '{orderId}',
  simulated: { order: { id: 1, name: 'S00001', state: 'sale', amount_total: 0, picking_ids: [] }, wasConfirmed: false },
  errors: [...ODOO_ERRORS, 'REMOTE_ODOO_DIALOG'],
  config: configSchema({
    orderId: field(idOf(), {
      title: 'Order',
      description: 'Id of the sale.order.',
      examples: ['= id'],
      'x-expression': true,
    }),
  }),
  examples: [{ title: 'The order just written', config: { orderId: '= id' as never } }],
  docs: `The output is \`{order, wasConfirmed}\`: the order read back, with \`id\`, \`name\`, \`state\`, \`amount_total\` and \`picking_ids\`, and whether it had
been confirmed before. An order that is confirmed is left as it is, so the node may be repeated.

Odoo may ask a person instead of confirming, about a credit limit for instance: that is the error REMOTE_ODOO_DIALOG, never a success. The state of the
order decides: what Odoo shows when it is confirmed is no error.`,
});
