import {
  choice,
  configSchema,
  defaultedField,
  defineConnectionType,
  field,
  optionalField,
  ruleWhere,
} from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { ODOO } from '../connector.ts';

/** One database of an Odoo server, and the user whose API key calls it. */
export const odooConnection = defineConnectionType({
  type: 'odoo',
  connector: ODOO,
  title: 'Odoo',
  summary: 'An Odoo database, 16 or newer, and the API key of the user that calls it.',
  icon: 'building-warehouse',
  hosts: [{ url: 'url' }],
  expiry: 'expiresAt',
  pace: {
    ...{ perSecond: 'callsPerSecond', atOnce: 'callsAtOnce', url: 'url', callsPerAttempt: 3 },
    // Odoo Online asks for about one call in a second and none beside it; a server of one's own has ten workers or so.
    defaults: [
      { host: '.odoo.com', perSecond: 1, atOnce: 1 },
      { host: '', perSecond: 10, atOnce: 4 },
    ],
  },
  mode: 'api',
  rotatable: true,
  checkable: true,
  settings: configSchema(
    {
      url: field(Type.String({ maxLength: 2048, pattern: '^https?://[^\\s/?#@]+/?$' }), {
        title: 'Address',
        description: 'Where Odoo is, without a path.',
        examples: ['https://mycompany.odoo.com'],
        'x-pattern-reason': 'must be an address such as https://mycompany.odoo.com, without path, user and query',
      }),
      database: field(Type.String({ minLength: 1, maxLength: 200, pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$' }), {
        title: 'Database',
        description: 'Name of the database; at Odoo Online the first part of the address.',
        'x-pattern-reason': 'must be the name of a database, such as mycompany',
      }),
      api: defaultedField(choice('auto', 'json-2', 'json-rpc'), 'auto', {
        title: 'Interface',
        description:
          'JSON-2 is of Odoo 19 and newer, JSON-RPC of 16 to 21. By version takes JSON-2 where there is one.',
        'x-labels': { auto: 'By version', 'json-2': 'JSON-2', 'json-rpc': 'JSON-RPC' },
      }),
      login: optionalField(Type.String({ minLength: 1, maxLength: 200 }), {
        title: 'Login',
        description: 'Of the user that the key belongs to; JSON-RPC needs it, so Odoo 16 to 18 does.',
        'x-when': { field: 'api', is: ['auto', 'json-rpc'] },
      }),
      companies: field(Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 100, uniqueItems: true }), {
        title: 'Companies',
        description: 'Ids of the companies to work in; what depends on a company is of the first.',
      }),
      lang: defaultedField(Type.String({ pattern: '^[a-z]{2,3}(_[A-Z]{2})?(@[a-z]+)?$' }), 'en_US', {
        title: 'Language',
        description: 'Of translated texts such as product names, as installed in Odoo.',
        'x-pattern-reason': 'must be a code such as en_US',
      }),
      tz: defaultedField(Type.String({ minLength: 1, maxLength: 100 }), 'UTC', {
        title: 'Time zone',
        description: 'By which Odoo reckons days. Times are given and taken in UTC whatever it is.',
        'x-format': 'time-zone',
      }),
      callsPerSecond: optionalField(Type.Number({ minimum: 0.1, maximum: 1000 }), {
        title: 'Calls in a second',
        description:
          'Left out, 1 at odoo.com, which asks for no more of Odoo Online, and 10 elsewhere; raise it for Odoo.sh.',
      }),
      callsAtOnce: optionalField(Type.Integer({ minimum: 1, maximum: 100 }), {
        title: 'Calls at once',
        description: 'Of one worker. Left out, 1 at odoo.com and 4 elsewhere.',
      }),
      expiresAt: optionalField(Type.String({ format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), {
        title: 'Key expires on',
        description: 'Day on which the API key ends, such as 2027-03-31. An alarm can tell before.',
        'x-pattern-reason': 'must be a day such as 2027-03-31',
      }),
    },
    { allOf: [ruleWhere('api', 'json-rpc', { required: ['login'] })] },
  ),
  credentials: configSchema({
    apiKey: optionalField(Type.String({ minLength: 1, maxLength: 500, pattern: '^[\\x21-\\x7e]+$' }), {
      title: 'API key',
      description: 'Made in Odoo under Preferences, Security.',
      'x-when': { field: 'api', is: ['auto', 'json-2', 'json-rpc'] },
      'x-pattern-reason': 'must be plain ASCII without spaces',
    }),
  }),
  examples: [
    {
      title: 'Odoo Online',
      settings: { url: 'https://mycompany.odoo.com', database: 'mycompany', companies: [1], lang: 'en_US' },
    },
    {
      title: 'Odoo 16 on a server of its own',
      settings: {
        url: 'https://odoo.example.com',
        database: 'prod',
        api: 'json-rpc',
        login: 'crossdock@example.com',
        companies: [1, 2],
        tz: 'Europe/Brussels',
      },
    },
  ],
  docs: `The key goes to the host of the address alone. Every call says language, time zone and companies, so that answers do not depend on what
the user has chosen in Odoo. Attempts at nodes wait, over all workers, so that the calls of the connection keep about to its pace; a
rate limit at a node wins over that. The check tells version, user, rights, which keys of the user end when, and which of the modules that matter are installed.`,
});
