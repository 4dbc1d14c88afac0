import { type ConfigOf, configSchema, defaultedField, defineNodeType, optionalField } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { ODOO } from '../connector.ts';
import { contextField, domainField, fieldsField, modelField, ODOO_CONNECTION, ODOO_ERRORS } from '../shared-fields.ts';

const DAY_MS = 86_400_000;

export const odooChanged = defineNodeType({
  type: 'odoo.changed',
  typeVersion: 1,
  kind: 'trigger',
  status: 'beta',
  connector: ODOO,
  title: 'Changed in Odoo',
  summary: 'Start an execution for each record that is made or changed in Odoo.',
  icon: 'database',
  connection: ODOO_CONNECTION,
  handles: { in: [], out: ['out'] },
  effect: 'none',
  line: '{model}',
  errors: [...ODOO_ERRORS, 'REMOTE_POSITION_LOST'],
  config: configSchema({
    model: modelField(),
    domain: domainField('JSONata without input that gives a domain of Odoo; a record counts while it meets it.'),
    fields: fieldsField(),
    intervalMs: defaultedField(Type.Integer({ minimum: 1000, maximum: DAY_MS }), 60_000, {
      title: 'Look every',
      description: 'Milliseconds between two looks at Odoo.',
    }),
    hint: optionalField(Type.String({ pattern: '^[A-Za-z0-9_-]{32,128}$' }), {
      title: 'Secret of the hint',
      description:
        'An automation rule in Odoo that calls /hooks/{environment}/odoo-changed/{this} makes the node look at once.',
      'x-pattern-reason': 'must be 32 to 128 random letters, digits, _ and -, as it is all that guards the address',
    }),
    deletions: defaultedField(Type.Boolean(), false, {
      title: 'Deleted records too',
      description: 'Start an execution for a record that is gone; it is noticed when all is compared.',
    }),
    overlapMs: defaultedField(Type.Integer({ minimum: 0, maximum: DAY_MS }), 300_000, {
      title: 'Look back',
      description:
        'Milliseconds that a transaction in Odoo may take: what is written appears with the time that it began.',
    }),
    compareEveryMs: defaultedField(Type.Integer({ minimum: 1000, maximum: 7 * DAY_MS }), DAY_MS, {
      title: 'Compare all every',
      description: 'Milliseconds between two looks that go back over the whole of this time, and ask what is gone.',
    }),
    context: contextField(),
  }),
  examples: [
    {
      title: 'Every transfer to a customer that is done',
      config: {
        model: 'stock.picking',
        domain: '[["state", "=", "done"], ["picking_type_code", "=", "outgoing"]]',
        fields: ['name', 'origin', 'date_done', 'sale_id'],
        intervalMs: 30_000,
      },
    },
    {
      title: 'Customers, told at once by a rule in Odoo',
      config: { model: 'res.partner', fields: ['ref', 'name', 'email'], hint: 'Zk3pY8vQ1xW5rT7uN2mB4cL6hJ9sD0fG' },
    },
  ],
  docs: `The output is \`{change, model, id, record}\`: \`change\` is \`written\` or \`deleted\`, \`record\` has the fields set above and the id, by the rules of
\`odoo.search\`, and is null for what is gone. A record starts an execution when one of these fields is not as it was; several changes between two looks
are one. The first deployment begins with what changes from then on, a later one goes on where the last one stopped.

Odoo writes the time at which a transaction began, to the second, so every look goes back and compares what it finds with what it has seen: what is
committed late is found, what was seen starts nothing. That holds over restarts and for all processes together, which share the looks. It remembers the
20,000 records changed last. Fields that Odoo does not store and raw SQL change no time and are not noticed. A record that no longer meets the
conditions starts nothing.

For the hint make an automation rule with a "Send Webhook Notification" to the address; what it sends is not read. Where Odoo was restored from a
backup the node stops with \`REMOTE_POSITION_LOST\` until the flow is deployed again.`,
});

/** As the runtime reads it, defaults filled. */
export type OdooChangedConfig = ConfigOf<typeof odooChanged>;
