import { configSchema, defineNodeType, field, optionalField } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { ODOO } from '../connector.ts';
import { idOf, modelField, ODOO_CONNECTION, ODOO_ERRORS, ODOO_TIMEOUT_MS } from '../shared-fields.ts';

export const odooNote = defineNodeType({
  type: 'odoo.note',
  typeVersion: 1,
  kind: 'action',
  status: 'beta',
  connector: ODOO,
  title: 'Note in Odoo',
  summary: 'Write an internal note under a record in Odoo, with a link.',
  icon: 'file-text',
  connection: ODOO_CONNECTION,
  handles: { in: ['in'], out: ['out'] },
  effect: 'keyed',
  timeoutMs: ODOO_TIMEOUT_MS,
  line: '{model} {text}',
  simulated: { messageId: 1, wasThere: false },
  errors: ODOO_ERRORS,
  config: configSchema({
    model: modelField(),
    id: field(idOf(), {
      title: 'Record',
      description: 'Id of the record.',
      examples: ['= order.id'],
      'x-expression': true,
    }),
    text: field(Type.String({ minLength: 1, maxLength: 10_000 }), {
      title: 'Text',
      description: 'Plain text; a new line is one.',
      'x-expression': true,
      'x-widget': 'textarea',
    }),
    link: optionalField(Type.String({ maxLength: 2000, pattern: '^https?://[^\\s"<>]+$' }), {
      title: 'Link',
      description: 'Stands below the text.',
      'x-expression': true,
      'x-pattern-reason': 'must be an address such as https://example.com/orders/1',
    }),
  }),
  examples: [
    {
      title: 'Where the order is',
      config: {
        model: 'sale.order',
        id: '= order.id' as never,
        text: "= 'Shipped with ' & carrier & ', ' & trackingNo",
      },
    },
  ],
  docs: `The output is \`{messageId, wasThere}\`. Nobody is notified but who follows internal notes of the record. The note carries the node's key, by
which a repeated call finds it again and writes no second one.`,
});
