import { choice, configSchema, defaultedField, defineNodeType, field } from '@crossdock/connector-sdk';
import { ODOO } from '../connector.ts';
import {
  contextField,
  fieldsField,
  idsOf,
  modelField,
  ODOO_CONNECTION,
  ODOO_ERRORS,
  ODOO_TIMEOUT_MS,
} from '../shared-fields.ts';

export const odooRead = defineNodeType({
  type: 'odoo.read',
  typeVersion: 1,
  kind: 'action',
  status: 'beta',
  connector: ODOO,
  title: 'Read from Odoo',
  summary: 'Read fields of Odoo records by their ids.',
  icon: 'file-text',
  connection: ODOO_CONNECTION,
  handles: { in: ['in'], out: ['out'] },
  effect: 'keyed',
  timeoutMs: ODOO_TIMEOUT_MS,
  line: '{model}',
  simulated: { records: [], missing: [] },
  errors: ODOO_ERRORS,
  config: configSchema({
    model: modelField(),
    ids: field(idsOf(), {
      title: 'Ids',
      description: 'Of the records, a list.',
      examples: ['= [saleOrderId]'],
      'x-expression': true,
      'x-widget': 'json',
    }),
    fields: fieldsField(),
    onMissing: defaultedField(choice('fail', 'skip'), 'fail', {
      title: 'Missing records',
      description: 'Whether an id that no record has is an error, or listed in "missing".',
      'x-labels': { fail: 'Fail', skip: 'Go on without' },
    }),
    context: contextField(),
  }),
  examples: [
    {
      title: 'State of an order',
      config: { model: 'sale.order', ids: '= [saleOrderId]' as never, fields: ['name', 'state', 'order_line'] },
    },
  ],
  docs: `The output is \`{records, missing}\`, records in the order of the ids, values as with \`odoo.search\`. Changes nothing in Odoo: it is simply
called again. Odoo says nothing of ids that do not exist; the node does.`,
});
