import { choice, configSchema, defaultedField, defineNodeType, field } from '@crossdock/connector-sdk';
import { ODOO } from '../connector.ts';
import { idOf, ODOO_CONNECTION, ODOO_ERRORS, ODOO_TIMEOUT_MS } from '../shared-fields.ts';

export const odooCreateInvoice = defineNodeType({
  type: 'odoo.createInvoice',
  typeVersion: 1,
  kind: 'action',
  status: 'beta',
  connector: ODOO,
  title: 'Create invoice in Odoo',
  summary: 'Invoice what of a sales order in Odoo is to be invoiced, and post the invoice or leave it as a draft.',
  icon: 'file-text',
  connection: ODOO_CONNECTION,
  handles: { in: ['in'], out: ['out'] },
  effect: 'keyed',
  timeoutMs: ODOO_TIMEOUT_MS,
  line: '{orderId} {state}',
  errors: ODOO_ERRORS,
  simulated: {
    invoice: { id: 1, name: 'INV/2026/00001', state: 'draft', amount_total: 0, payment_state: 'not_paid' },
    wasThere: false,
  },
  config: configSchema({
    orderId: field(idOf(), {
      title: 'Order',
      description: 'Id of the sale.order.',
      examples: ['= order.id'],
      'x-expression': true,
    }),
    state: defaultedField(choice('draft', 'posted'), 'draft', {
      title: 'State',
      description: 'A draft can still be changed in Odoo; what is posted has its number and counts in the books.',
      'x-labels': { draft: 'Leave it as a draft', posted: 'Post it' },
    }),
  }),
  examples: [
    { title: 'What was delivered of an order, posted', config: { orderId: '= order.id' as never, state: 'posted' } },
  ],
  docs: `The output is \`{invoice, wasThere}\`: the invoice read back, with \`id\`, \`name\`, \`state\`, \`amount_total\` and \`payment_state\`, and whether
an earlier call had made it. Odoo invoices what was delivered, or ordered, as each product says. Nothing to invoice is the error REMOTE_ODOO_RULE.

Nothing is invoiced twice: Odoo counts what is invoiced, and the invoice is marked with the node's key, in the field \`invoice_source_email\` that only bills
received by mail have otherwise, so that a repeated call finds it again. It posts what is still a draft.`,
});
