import { configSchema, defineNodeType, field } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { ODOO } from '../connector.ts';
import { contextField, modelField, ODOO_CONNECTION, ODOO_ERRORS, ODOO_TIMEOUT_MS } from '../shared-fields.ts';

export const odooUpsert = defineNodeType({
  type: 'odoo.upsert',
  typeVersion: 1,
  kind: 'action',
  status: 'beta',
  connector: ODOO,
  title: 'Write to Odoo',
  summary: 'Create a record in Odoo, with its lines, or change the one that this external id already has.',
  icon: 'database',
  connection: ODOO_CONNECTION,
  handles: { in: ['in'], out: ['out'] },
  effect: 'keyed',
  timeoutMs: ODOO_TIMEOUT_MS,
  line: '{model} {externalId}',
  simulated: { id: 1 },
  errors: [...ODOO_ERRORS, 'DATA_ODOO_KEY'],
  config: configSchema({
    model: modelField(),
    externalId: field(Type.String({ minLength: 1, maxLength: 200, pattern: '^[A-Za-z0-9_-]+$' }), {
      title: 'External id',
      description: 'By which the record is known again: always the same for the same thing, and of no other.',
      examples: ["= 'so_shop_' & orderNo"],
      'x-expression': true,
      'x-pattern-reason': 'must consist of letters, digits, _ and -',
    }),
    values: field(Type.Unsafe<Record<string, unknown>>({ type: 'object' }), {
      title: 'Values',
      description: 'By the field names of Odoo 19; what is left out stays as it is.',
      'x-expression': true,
      'x-widget': 'json',
    }),
    context: contextField(),
  }),
  examples: [
    {
      title: 'An order with its lines',
      config: {
        model: 'sale.order',
        externalId: "= 'so_shop_' & orderNo",
        values:
          '= {"partner_id": {"ref": customerNo}, "client_order_ref": orderNo, "order_line": [lines.{"key": $string(no), "product_id": {"default_code": sku}, "product_uom_qty": quantity}]}' as never,
      },
    },
  ],
  docs: `The output is \`{id}\`. Calling it again changes the same record, so it may be repeated.

A many2one is an id, or an object of fields that exactly one record has, such as \`{"default_code": "BOX-1"}\`. The lines of a record are a list of
objects, each with a \`key\` that tells it from the others of this record: letters, digits, _ and -. Lines that are left out stay; take one away
with \`odoo.call\`. A many2many is a list of ids and replaces those before. Null empties a field. Times are RFC 3339.`,
});
