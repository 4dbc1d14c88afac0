import { choice, configSchema, defaultedField, defineNodeType, field, optionalField } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { ODOO } from '../connector.ts';
import { idOf, ODOO_CONNECTION, ODOO_ERRORS, ODOO_TIMEOUT_MS } from '../shared-fields.ts';

export const odooValidateTransfer = defineNodeType({
  type: 'odoo.validateTransfer',
  typeVersion: 1,
  kind: 'action',
  status: 'beta',
  connector: ODOO,
  title: 'Validate transfer in Odoo',
  summary: 'Book what was shipped or received on a transfer in Odoo, and what becomes of the rest.',
  icon: 'building-warehouse',
  connection: ODOO_CONNECTION,
  handles: { in: ['in'], out: ['out'] },
  effect: 'keyed',
  timeoutMs: ODOO_TIMEOUT_MS,
  line: '{transferId} {rest}',
  simulated: {
    transfer: { id: 1, name: 'WH/OUT/00001', state: 'done', date_done: null },
    backorders: [],
    wasDone: false,
  },
  errors: [...ODOO_ERRORS, 'REMOTE_ODOO_DIALOG'],
  config: configSchema({
    transferId: field(idOf(), {
      title: 'Transfer',
      description: 'Id of the stock.picking.',
      examples: ['= pickingId'],
      'x-expression': true,
    }),
    moved: optionalField(
      Type.Array(
        Type.Object(
          { moveId: Type.Integer({ minimum: 1 }), quantity: Type.Number({ minimum: 0 }) },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 1000 },
      ),
      {
        title: 'What was moved',
        description: 'A list of {"moveId", "quantity"}, in the unit of the stock.move; left out, all that is reserved.',
        examples: ['= lines.{"moveId": moveId, "quantity": shipped}'],
        'x-expression': true,
        'x-widget': 'json',
      },
    ),
    rest: defaultedField(choice('backorder', 'cancel'), 'backorder', {
      title: 'The rest',
      description: 'What becomes of what was not moved.',
      'x-labels': { backorder: 'Make a backorder', cancel: 'Cancel it' },
    }),
  }),
  examples: [
    {
      title: 'What the warehouse shipped',
      config: {
        transferId: '= pickingId' as never,
        moved: '= [lines.{"moveId": moveId, "quantity": shipped}]' as never,
      },
    },
  ],
  docs: `The output is \`{transfer, backorders, wasDone}\`: the transfer read back, the transfers that were made for the rest, and whether it had been
done before. A transfer that is done is left as it is, so the node may be repeated. More than was ordered is booked as given: Odoo does not object.

Odoo may ask a person instead of doing it, about lots that expire for instance: that is the error REMOTE_ODOO_DIALOG, never a success. About
backorders and text messages it is not asked. The state of the transfer decides: papers to print when it is done are no error.`,
});
