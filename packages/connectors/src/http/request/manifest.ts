import { choice, configSchema, defaultedField, defineNodeType, field, optionalField } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { HTTP } from '../connector.ts';
import { headerValues, queryValues } from '../header-values.ts';

export const httpRequest = defineNodeType({
  type: 'http.request',
  typeVersion: 1,
  kind: 'action',
  status: 'stable',
  connector: HTTP,
  title: 'HTTP request',
  summary: 'Call an HTTP endpoint and hand its answer on.',
  icon: 'world-upload',
  connection: {
    types: ['http'],
    required: false,
    neededWhen: { field: 'signing', is: ['standard-webhooks'] },
    description: 'Base address and credentials, resolved in each environment by name.',
  },
  handles: { in: ['in'], out: ['out'] },
  effect: 'keyed',
  remote: 'url',
  line: '{method} {url}',
  simulated: { status: 200, headers: { 'content-type': 'application/json' }, body: { simulated: true } },
  errors: [
    'CONFIG_CONNECTION_HOST',
    'CONFIG_CREDENTIALS_MISSING',
    'CONFIG_CREDENTIALS_REFUSED',
    'CONFIG_EGRESS_BLOCKED',
    'REMOTE_UNAVAILABLE',
    'REMOTE_ERROR',
    'REMOTE_RATE_LIMITED',
    'REMOTE_REJECTED',
    'REMOTE_ANSWER_INVALID',
    'DATA_RESULT_TOO_LARGE',
  ],
  config: configSchema({
    method: defaultedField(choice('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'), 'POST', {
      title: 'Method',
      description: 'HTTP method.',
    }),
    url: field(Type.String({ minLength: 1, maxLength: 8192 }), {
      title: 'URL',
      description:
        'Full address, or with a connection what follows its base address. Begin with = to compute it, for example from a variable of the environment.',
      examples: ["= $vars.erpUrl & '/orders'", '/orders'],
      'x-expression': true,
    }),
    query: optionalField(queryValues(), {
      title: 'Query',
      description:
        'Parameters added to the address, by name. A value that begins with = is an expression; a list repeats the parameter.',
      'x-widget': 'headers',
    }),
    headers: defaultedField(
      headerValues(),
      {},
      {
        title: 'Headers',
        description: 'Headers to send, by name. A value that begins with = is an expression.',
        'x-widget': 'headers',
      },
    ),
    body: optionalField(Type.Unknown(), {
      title: 'Body',
      description:
        '"= $" sends the payload. Sent as JSON, unless a content-type header says otherwise; left out, nothing is sent.',
      'x-expression': true,
      'x-widget': 'json',
    }),
    signing: defaultedField(choice('none', 'standard-webhooks'), 'none', {
      title: 'Sign',
      description:
        'Sign what is sent, so that its receiver can tell that it is ours and whole. With the signing secret of the connection, by Standard Webhooks.',
      'x-labels': { none: 'No', 'standard-webhooks': 'Standard Webhooks' },
    }),
    alsoAccept: optionalField(Type.Array(Type.Integer({ minimum: 300, maximum: 599 }), { maxItems: 20 }), {
      title: 'Also a success',
      description: 'Statuses besides 2xx that are handed on as a result, such as 404 where "not there" is an answer.',
    }),
  }),
  examples: [
    { title: 'Send the payload', config: { method: 'POST', url: "= $vars.erpUrl & '/orders'", body: '= $' } },
    {
      title: 'Look something up',
      config: { method: 'GET', url: 'https://api.example.com/items', query: { sku: '= sku' }, alsoAccept: [404] },
    },
  ],
  docs: `The output is \`{status, headers, body}\`: header names in lower case, a JSON body as a value (large numbers as strings, digit for
digit), any other body as \`{"$blob": {ref, contentType, size, sha256}}\`, text types with \`text\` as well.

Every attempt carries the same \`Idempotency-Key\` header, so that a system which honours it does the work once, however often the call is
repeated. For one that does not, switch on *The target cannot tell a repeated call from a new one*: a call is then repeated by itself only where
surely nothing was done, that is without a connection and after 425, 429 or 503. An answer may hold 10 MiB.

Signed by Standard Webhooks a call carries \`webhook-id\` (the idempotency key, the same on every attempt), \`webhook-timestamp\` (of the attempt) and
\`webhook-signature\`. Any library of that standard checks them.

With a connection its credentials and headers are added. They go to the hosts that the connection names and to no other: a call elsewhere, or a
redirect to elsewhere, ends with \`CONFIG_CONNECTION_HOST\`. Where an answer quotes a credential, dots stand for it.

| Answer | Becomes | Tried again |
|---|---|---|
| 2xx | the output | |
| no connection, cut connection | \`REMOTE_UNAVAILABLE\` | yes |
| no answer in time, 408 | \`REMOTE_TIMEOUT\` | yes |
| 425, 429 | \`REMOTE_RATE_LIMITED\`, after \`Retry-After\` | yes |
| 5xx | \`REMOTE_ERROR\`, after \`Retry-After\` if given | yes |
| 3xx, other 4xx | \`REMOTE_REJECTED\`, with an excerpt of the answer | no |`,
});
