import { configSchema, defaultedField, defineNodeType, field, optionalField } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { ODOO } from '../connector.ts';
import { contextField, idsOf, modelField, ODOO_CONNECTION, ODOO_ERRORS, ODOO_TIMEOUT_MS } from '../shared-fields.ts';

export const odooCall = defineNodeType({
  type: 'odoo.call',
  typeVersion: 1,
  kind: 'action',
  status: 'beta',
  connector: ODOO,
  title: 'Call Odoo',
  summary: 'Call any public method of an Odoo model.',
  icon: 'plug-connected',
  connection: ODOO_CONNECTION,
  handles: { in: ['in'], out: ['out'] },
  effect: 'keyed',
  timeoutMs: ODOO_TIMEOUT_MS,
  idempotency: 'none',
  line: '{model} {method}',
  simulated: { result: true },
  errors: ODOO_ERRORS,
  config: configSchema({
    model: modelField(),
    method: field(Type.String({ minLength: 1, maxLength: 200, pattern: '^[a-zA-Z][a-zA-Z0-9_]*$' }), {
      title: 'Method',
      description: 'Name of a public method.',
      examples: ['action_confirm'],
      'x-pattern-reason': 'must be the name of a public method, such as action_confirm',
    }),
    ids: optionalField(idsOf(), {
      title: 'Ids',
      description: 'Of the records to call it on, a list; left out for a method of the model itself.',
      'x-expression': true,
      'x-widget': 'json',
    }),
    args: defaultedField(
      Type.Unsafe<Record<string, unknown>>({ type: 'object' }),
      {},
      {
        title: 'Arguments',
        description: 'By name, as the method declares them.',
        'x-expression': true,
        'x-widget': 'json',
      },
    ),
    context: contextField(),
  }),
  examples: [
    {
      title: 'Confirm an order',
      config: { model: 'sale.order', method: 'action_confirm', ids: '= [saleOrderId]' as never },
    },
  ],
  docs: `The output is \`{result}\`: what the method returned, as Odoo gave it; null for nothing. Names and values are sent as they are. An argument that
holds a domain is written as one expression, \`= {"domain": [["state", "=", "sale"]]}\`: by itself \`"="\` would begin one.

Odoo cannot tell a repeated call from a new one, so a call of which nobody knows whether it was done waits for a person, unless *The target cannot
tell a repeated call from a new one* is switched off at the node. A method may answer with a dialog instead of doing something: its result is then an
object with \`type\` \`ir.actions.act_window\`, so look at the result before you go on.`,
});
