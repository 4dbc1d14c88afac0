import { configSchema, defaultedField, defineNodeType } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { ODOO } from '../connector.ts';
import {
  contextField,
  domainField,
  fieldsField,
  modelField,
  ODOO_CONNECTION,
  ODOO_ERRORS,
  ODOO_TIMEOUT_MS,
} from '../shared-fields.ts';

export const odooSearch = defineNodeType({
  type: 'odoo.search',
  typeVersion: 1,
  kind: 'action',
  status: 'beta',
  connector: ODOO,
  title: 'Search Odoo',
  summary: 'Find records in Odoo by conditions and read fields of them.',
  icon: 'database',
  connection: ODOO_CONNECTION,
  handles: { in: ['in'], out: ['out'] },
  effect: 'keyed',
  timeoutMs: ODOO_TIMEOUT_MS,
  line: '{model}',
  simulated: { records: [], more: false },
  errors: ODOO_ERRORS,
  config: configSchema({
    model: modelField(),
    domain: domainField(
      'JSONata that gives a domain of Odoo, such as [["state", "=", "sale"]]; without conditions every record is found.',
    ),
    fields: fieldsField(),
    order: defaultedField(Type.String({ minLength: 1, maxLength: 500 }), 'id', {
      title: 'Order',
      description: 'Fields to sort by, such as "date_order desc, id".',
    }),
    limit: defaultedField(Type.Integer({ minimum: 1, maximum: 10_000 }), 200, {
      title: 'At most',
      description: 'Records; "more" says whether there are others.',
    }),
    context: contextField(),
  }),
  examples: [
    {
      title: 'Confirmed orders of a customer reference',
      config: {
        model: 'sale.order',
        domain: '[["client_order_ref", "=", orderNo], ["state", "=", "sale"]]',
        fields: ['name', 'state', 'amount_total'],
      },
    },
  ],
  docs: `The output is \`{records, more}\`. What is empty in Odoo is null, a time is RFC 3339 in UTC, a many2one is an id, a list of records a list of
ids. The ids are found in one call, then read 200 at a time, so that rows which change in between are neither left out nor repeated. Changes nothing in
Odoo: it is simply called again. Names of Odoo 19 are translated for 16 to 18. Archived records are found with the context \`{"active_test": false}\` alone.`,
});
