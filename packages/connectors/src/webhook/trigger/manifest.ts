import {
  choice,
  configSchema,
  defaultedField,
  defineNodeType,
  field,
  optionalField,
  ruleWhere,
} from '@crossdock/connector-sdk';
import { DEFAULT_TOLERANCE_S, factsOf, SCHEME_NAMES, SCHEMES } from '@crossdock/signatures/schemes';
import { Type } from 'typebox';
import { HOOK_SECRET } from '../connection/manifest.ts';
import { WEBHOOK } from '../connector.ts';

const HEADER_NAME = "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$";
const schemesWhere = (test: (facts: ReturnType<typeof factsOf>) => boolean) =>
  SCHEME_NAMES.filter((name) => test(factsOf(name)));
/** A request without a body has nothing that such a scheme could sign. */
const FOR_BODIES = schemesWhere(({ covers }) => covers !== 'nothing');

export const webhook = defineNodeType({
  type: 'webhook',
  typeVersion: 1,
  kind: 'trigger',
  status: 'stable',
  connector: WEBHOOK,
  title: 'Webhook',
  summary: 'Start an execution for each HTTP request to an address of your own.',
  icon: 'webhook',
  connection: {
    types: [HOOK_SECRET],
    required: true,
    when: { field: 'authentication', is: SCHEME_NAMES },
    description: 'The secret of the sender. Each environment has its own under this name.',
  },
  handles: { in: [], out: ['out'] },
  effect: 'none',
  line: '{method} {path}',
  errors: [
    'DATA_MALFORMED',
    'DATA_CONTENT_TYPE',
    'DATA_TOO_LARGE',
    'DATA_KEY',
    'API_HOOK_REFUSED',
    'API_HOOK_NOT_READY',
    'API_RATE_LIMITED',
  ],
  config: configSchema(
    {
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
      authentication: defaultedField(choice('none', ...SCHEME_NAMES), 'none', {
        title: 'Authentication',
        description:
          'How a sender proves that a request is its own. The secret rests in a connection of the node, one for each environment; without it the hook takes nothing.',
        'x-labels': {
          none: 'None: anyone may call',
          ...Object.fromEntries(SCHEME_NAMES.map((name) => [name, SCHEMES[name].title])),
        },
      }),
      signatureHeader: optionalField(Type.String({ maxLength: 200, pattern: HEADER_NAME }), {
        title: 'Signature header',
        description: "Where the sender signs in the same way but uses a header of another name than the scheme's own.",
        examples: ['X-ShipHero-Hmac-Sha256'],
        'x-when': { field: 'authentication', is: schemesWhere(({ renames }) => renames) },
        'x-pattern-reason': 'must be the name of a header',
      }),
      apiKeyIn: defaultedField(choice('header', 'query'), 'header', {
        title: 'API key in',
        description:
          'Where the request carries the key. The query only for senders that can set no header: addresses end up in logs on the way.',
        'x-labels': { header: 'A header', query: 'The query of the address' },
        'x-when': { field: 'authentication', is: ['api-key'] },
      }),
      apiKeyName: defaultedField(Type.String({ minLength: 1, maxLength: 200, pattern: HEADER_NAME }), 'X-API-Key', {
        title: 'Name of the key',
        description: 'Name of the header or of the query parameter.',
        'x-when': { field: 'authentication', is: ['api-key'] },
        'x-pattern-reason': 'must be a name such as X-API-Key',
      }),
      toleranceS: defaultedField(Type.Integer({ minimum: 1, maximum: 3_600 }), DEFAULT_TOLERANCE_S, {
        title: 'Tolerance',
        description:
          "Seconds that the signed time may be before or after this system's; outside of it a request is refused.",
        'x-when': { field: 'authentication', is: schemesWhere(({ covers }) => covers.includes('time')) },
      }),
      sameAgain: defaultedField(choice('once', 'each'), 'once', {
        title: 'The same body again',
        description:
          'Run once, the same signed body is the same execution for 24 hours, so that nobody can have it done twice by sending what was recorded. Each time is for senders whose bodies hold nothing that tells two apart.',
        'x-labels': { once: 'Run once', each: 'Run each time' },
        'x-when': { field: 'authentication', is: schemesWhere(({ covers }) => covers === 'body') },
      }),
      maxBodyBytes: optionalField(Type.Integer({ minimum: 1, maximum: 1_073_741_824 }), {
        title: 'Largest body',
        description:
          'In bytes, unpacked; larger ones get 413. Left out, what the installation takes (CROSSDOCK_MAX_BODY_BYTES).',
      }),
      requestsPerSecond: optionalField(Type.Number({ minimum: 0.01, maximum: 100_000 }), {
        title: 'Requests a second',
        description:
          'In the long run, counted at each ingress; what is more gets 429 with Retry-After. With an authentication only requests that pass it count.',
      }),
      burst: optionalField(Type.Integer({ minimum: 1, maximum: 1_000_000 }), {
        title: 'Burst',
        description: 'So many may come at once; left out, as many as in a second.',
      }),
      response: defaultedField(choice('accepted', 'respond'), 'accepted', {
        title: 'Answer',
        description:
          'Accepted is 202 with the execution id as soon as the message is stored; otherwise the sender waits for the answer of a Respond node.',
        'x-labels': { accepted: 'Accepted, at once', respond: 'What a Respond node answers' },
      }),
      respondTimeoutMs: defaultedField(Type.Integer({ minimum: 100, maximum: 300_000 }), 30_000, {
        title: 'Answer within',
        description:
          'Where a Respond node answers: after this long the caller gets 504 with the execution id; the execution goes on.',
      }),
    },
    {
      allOf: [
        ruleWhere('method', 'GET', {
          properties: {
            authentication: { enum: ['none', ...SCHEME_NAMES.filter((name) => !FOR_BODIES.includes(name))] },
          },
        }),
      ],
    },
  ),
  examples: [
    { title: 'Take orders', config: { path: 'shop/orders', method: 'POST' } },
    {
      title: 'Answer the caller',
      config: { path: 'orders/status', method: 'POST', response: 'respond', respondTimeoutMs: 5000 },
    },
    { title: 'Take any body', config: { path: 'inbox', contentTypes: ['*/*'] } },
    { title: 'Take orders of a shop that signs them', config: { path: 'shop/orders', authentication: 'shopify' } },
    {
      title: 'Take signed events, ten a second',
      config: {
        path: 'events',
        authentication: 'standard-webhooks',
        requestsPerSecond: 10,
        burst: 50,
        maxBodyBytes: 65_536,
      },
    },
  ],
  docs: `The address is \`/hooks/<environment>/<path>\`. A request is answered only after its message is stored durably, so what got a
**202** is not lost, whatever happens next.

The output is the request's body as a JSON value. Integers beyond ±(2^53−1) and decimals of more than 15 digits arrive as strings, digit
for digit. A body that is not JSON arrives as \`{"$blob": {ref, contentType, size, sha256}}\`, text types with \`text\` as well.

With an *authentication* only requests that prove where they come from are taken; others get **401** and leave nothing behind. The secret rests in a
connection of the type *hook secret*, which holds the previous one too while its sender changes over. A signature is checked on the body as the sender
made it, before anything reads it. The same signed request again is the same execution and gets its id with 202, so that a sender whose answer was
lost may send again, and nobody has an order done twice with a recorded request. See *Signed hooks* in the documentation.

The request's headers are in \`$meta.headers\`, names in lower case. Keys that make executions searchable, deduplicate them or keep their
order are in the flow's settings.`,
});
