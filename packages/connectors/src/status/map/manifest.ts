import { configSchema, defaultedField, defineNodeType, field } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { eventKey } from '../../event/event-key.ts';
import { STATUS } from '../connector.ts';

export const statusMap = defineNodeType({
  type: 'status.map',
  typeVersion: 1,
  kind: 'action',
  status: 'beta',
  connector: STATUS,
  title: 'Map status',
  summary: 'Say what a status of another system means; one that nobody has mapped raises an exception of the order.',
  icon: 'transform',
  handles: { in: ['in'], out: ['mapped', 'ignored', 'unmapped'] },
  effect: 'keyed',
  line: '{system} {document} {status}',
  simulated: { event: 'com.platform.order.line.shipped.v1', version: 0 },
  config: configSchema({
    system: field(
      Type.String({
        pattern: '^[a-z0-9][a-z0-9._-]{0,59}$',
        'x-pattern-reason': 'must be small letters, digits and . _ -',
      }),
      {
        title: 'System',
        description: 'Whose status it is, as under References, Status maps.',
        examples: ['odoo', 'ups'],
      },
    ),
    document: defaultedField(Type.String({ maxLength: 100 }), '', {
      title: 'Document',
      description: 'What kind of document has the status, where the system has several.',
      examples: ['stock.picking'],
    }),
    status: field(Type.String({ minLength: 1, maxLength: 200 }), {
      title: 'Status',
      description: 'As the system writes it.',
      examples: ['= state'],
      'x-expression': true,
    }),
    key: field(eventKey(), {
      title: 'Order key',
      description: 'The order whose exception an unmapped status raises.',
      examples: ['= orderNo'],
      'x-expression': true,
    }),
  }),
  examples: [
    {
      title: 'A delivery of Odoo has changed',
      config: { system: 'odoo', document: 'stock.picking', status: '= state', key: '= orderNo' },
    },
  ],
  docs: `By \`mapped\` the output is \`{event, version}\`: the type of the canonical event, for "Emit event", and the version of the map that said so. By
\`ignored\` goes what is mapped to no event. By \`unmapped\` the output is \`{exceptionId}\`: the order has the open exception \`STATUS_UNMAPPED\` then, which names
system and status, and the page Status maps counts it and lets you map it, which settles the exception. Replay the execution afterwards. Nothing
is ever guessed.`,
});
