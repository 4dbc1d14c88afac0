import { choice, configSchema, defaultedField, defineNodeType, field } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { WEBHOOK } from '../connector.ts';

export const webhook = defineNodeType({
  type: 'webhook',
  typeVersion: 1,
  kind: 'trigger',
  status: 'stable',
  connector: WEBHOOK,
  title: 'Webhook',
  summary: 'Start an execution for each HTTP request to an address of your own.',
  icon: 'webhook',
  handles: { in: [], out: ['out'] },
  effect: 'none',
  line: '{method} {path}',
  config: configSchema({
    path: field(
      Type.String({
        minLength: 1,
        maxLength: 200,
        pattern: '^[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*$',
      }),
      {
        title: 'Path',
        description:
          'The part of the address after /hooks/<environment>/, without a leading slash: letters, digits, . _ ~ - and / between parts. Each environment has its own address.',
        examples: ['shop/orders'],
      },
    ),
    method: defaultedField(choice('POST', 'PUT', 'PATCH', 'GET', 'DELETE'), 'POST', {
      title: 'Method',
      description: 'The one HTTP method the hook takes.',
    }),
    contentTypes: defaultedField(
      Type.Array(Type.String({ minLength: 3, pattern: '^[^\\s/]+/[^\\s/]+$' }), { minItems: 1, maxItems: 20 }),
      ['application/json'],
      {
        title: 'Content types',
        description:
          'What the body may be. application/json takes every +json type too; */* takes anything. Other requests get 415.',
      },
    ),
    response: defaultedField(choice('accepted', 'respond'), 'accepted', {
      title: 'Answer',
      description:
        'accepted: 202 with the execution id as soon as the message is stored. respond: wait for the answer of a Respond node.',
    }),
    respondTimeoutMs: defaultedField(Type.Integer({ minimum: 100, maximum: 300_000 }), 30_000, {
      title: 'Answer within',
      description: 'With "respond": after this long the caller gets 504 with the execution id; the execution goes on.',
    }),
  }),
  examples: [
    { title: 'Take orders', config: { path: 'shop/orders', method: 'POST' } },
    {
      title: 'Answer the caller',
      config: { path: 'orders/status', method: 'POST', response: 'respond', respondTimeoutMs: 5000 },
    },
    { title: 'Take any body', config: { path: 'inbox', contentTypes: ['*/*'] } },
  ],
  docs: `The address is \`/hooks/<environment>/<path>\`. A request is answered only after its message is stored durably, so what got a
**202** is not lost, whatever happens next.

The output is the request's body as a JSON value. Integers beyond ±(2^53−1) and decimals of more than 15 digits arrive as strings, digit
for digit. A body that is not JSON arrives as \`{"$blob": {ref, contentType, size, sha256}}\`, text types with \`text\` as well.

The request's headers are in \`$meta.headers\`, names in lower case. Keys that make executions searchable, deduplicate them or keep their
order are in the flow's settings.`,
});
