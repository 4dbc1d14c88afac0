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
import { HTTP } from '../connector.ts';

const HTTP_ADDRESS = '^https?://[^\\s/?#@]+(/[^\\s?#]*)?$';
const HEADER_NAME = "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$";

/** An HTTP API: its base address, and how one proves who one is. */
export const httpConnection = defineConnectionType({
  type: 'http',
  connector: HTTP,
  title: 'HTTP API',
  summary: 'The base address of an HTTP API and the credentials for it.',
  icon: 'world',
  hosts: [{ url: 'baseUrl' }, { url: 'otherAddresses' }, { url: 'tokenUrl' }],
  expiry: 'expiresAt',
  mode: 'auth',
  checkable: true,
  settings: configSchema(
    {
      baseUrl: field(Type.String({ maxLength: 2048, pattern: HTTP_ADDRESS }), {
        title: 'Base address',
        description: 'Where the API begins. The address of a node is put behind it.',
        examples: ['https://erp.example.com/api/v2'],
        'x-pattern-reason': 'must be an address such as https://erp.example.com/api, without user and query',
      }),
      auth: defaultedField(choice('none', 'basic', 'bearer', 'api-key', 'oauth2'), 'none', {
        title: 'Authentication',
        description:
          'How the API knows who calls: nothing, user and password, a bearer token, an API key, or OAuth 2 client credentials.',
        'x-labels': {
          none: 'None',
          basic: 'User and password (basic)',
          bearer: 'Bearer token',
          'api-key': 'API key',
          oauth2: 'OAuth 2 client credentials',
        },
      }),
      user: optionalField(Type.String({ minLength: 1, maxLength: 500, pattern: '^[^:]+$' }), {
        title: 'User',
        description: 'Name of the user, without a colon.',
        'x-when': { field: 'auth', is: ['basic'] },
        'x-pattern-reason': 'must not hold a colon',
      }),
      apiKeyIn: defaultedField(choice('header', 'query'), 'header', {
        title: 'API key in',
        description: 'Where the API looks for the key.',
        'x-labels': { header: 'A header', query: 'The query of the address' },
        'x-when': { field: 'auth', is: ['api-key'] },
      }),
      apiKeyName: defaultedField(Type.String({ minLength: 1, maxLength: 200, pattern: HEADER_NAME }), 'X-API-Key', {
        title: 'Name of the key',
        description: 'Name of the header or of the query parameter.',
        'x-when': { field: 'auth', is: ['api-key'] },
        'x-pattern-reason': 'must be a name such as X-API-Key',
      }),
      tokenUrl: optionalField(Type.String({ maxLength: 2048, pattern: HTTP_ADDRESS }), {
        title: 'Token address',
        description:
          'Where access tokens are fetched (RFC 6749 §4.4). Each is kept in memory until shortly before it ends.',
        'x-when': { field: 'auth', is: ['oauth2'] },
        'x-pattern-reason': 'must be an address such as https://id.example.com/oauth/token, without user and query',
      }),
      clientId: optionalField(Type.String({ minLength: 1, maxLength: 1000 }), {
        title: 'Client id',
        description: 'As the API knows this client.',
        'x-when': { field: 'auth', is: ['oauth2'] },
      }),
      clientAuth: defaultedField(choice('basic', 'body'), 'basic', {
        title: 'Client secret in',
        description: 'Whether id and secret go as a basic authorization header or in the body of the token request.',
        'x-labels': { basic: 'A basic authorization header', body: 'The body of the token request' },
        'x-when': { field: 'auth', is: ['oauth2'] },
      }),
      scope: optionalField(Type.String({ maxLength: 2000 }), {
        title: 'Scope',
        description: 'What is asked for, names divided by spaces.',
        'x-when': { field: 'auth', is: ['oauth2'] },
      }),
      audience: optionalField(Type.String({ maxLength: 2000 }), {
        title: 'Audience',
        description: 'For whom the token is meant, where the token address asks for it.',
        'x-when': { field: 'auth', is: ['oauth2'] },
      }),
      headers: optionalField(
        Type.Unsafe<Record<string, string>>({
          type: 'object',
          propertyNames: { pattern: HEADER_NAME },
          additionalProperties: { type: 'string', maxLength: 4000, pattern: '^[\\t\\x20-\\x7e\\x80-\\xff]*$' },
        }),
        {
          title: 'Headers',
          description: 'Sent with every call, by name. Everybody may read them: what is secret belongs below.',
          'x-widget': 'headers',
        },
      ),
      otherAddresses: optionalField(
        Type.Array(Type.String({ maxLength: 2048, pattern: HTTP_ADDRESS }), { maxItems: 20 }),
        {
          title: 'Other addresses',
          description:
            'Further addresses that belong to this API, such as one for uploads: the credentials are sent to their hosts too.',
        },
      ),
      checkPath: optionalField(Type.String({ minLength: 1, maxLength: 2048 }), {
        title: 'Path for the check',
        description:
          'A GET that needs the credentials and changes nothing, behind the base address. Left out, the base address is called.',
        examples: ['/me'],
      }),
      expiresAt: optionalField(Type.String({ format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), {
        title: 'Credentials expire on',
        description: 'Day on which the credentials end, such as 2027-03-31. An alarm can tell before.',
        'x-pattern-reason': 'must be a day such as 2027-03-31',
      }),
    },
    {
      allOf: [
        ruleWhere('auth', 'basic', { required: ['user'] }),
        ruleWhere('auth', 'oauth2', { required: ['tokenUrl', 'clientId'] }),
      ],
    },
  ),
  credentials: configSchema({
    password: optionalField(Type.String({ minLength: 1, maxLength: 4000 }), {
      title: 'Password',
      description: 'Of the user.',
      'x-when': { field: 'auth', is: ['basic'] },
    }),
    token: optionalField(Type.String({ minLength: 1, maxLength: 8000, pattern: '^[\\x21-\\x7e]+$' }), {
      title: 'Bearer token',
      description: 'Sent as "Authorization: Bearer …".',
      'x-when': { field: 'auth', is: ['bearer'] },
      'x-pattern-reason': 'must be plain ASCII without spaces',
    }),
    apiKey: optionalField(Type.String({ minLength: 1, maxLength: 8000, pattern: '^[\\x21-\\x7e]+$' }), {
      title: 'API key',
      description: 'Sent under the name above.',
      'x-when': { field: 'auth', is: ['api-key'] },
      'x-pattern-reason': 'must be plain ASCII without spaces',
    }),
    clientSecret: optionalField(Type.String({ minLength: 1, maxLength: 8000 }), {
      title: 'Client secret',
      description: 'Of the OAuth 2 client.',
      'x-when': { field: 'auth', is: ['oauth2'] },
    }),
    signingSecret: optionalField(Type.String({ maxLength: 500, pattern: '^whsec_[A-Za-z0-9+/]{32,}={0,2}$' }), {
      title: 'Signing secret',
      description: 'Signs what nodes send, by Standard Webhooks, where they ask for it.',
      'x-generate': ['whsec'],
      'x-pattern-reason': 'must be "whsec_" followed by at least 24 bytes in base64',
    }),
  }),
  examples: [
    {
      title: 'An API with a key',
      settings: { baseUrl: 'https://erp.example.com/api/v2', auth: 'api-key', checkPath: '/me' },
    },
    {
      title: 'OAuth 2 client credentials',
      settings: {
        baseUrl: 'https://api.example.com',
        auth: 'oauth2',
        tokenUrl: 'https://id.example.com/oauth/token',
        clientId: 'crossdock',
        scope: 'orders.write',
      },
    },
  ],
  docs: `Credentials go only to the hosts that the settings name, scheme and port included, and never along with a redirect to another one. When the
addresses change, the credentials have to be entered again. An access token is fetched when it is first needed, shared by the calls of a process, and
fetched anew once when the API answers 401.`,
});
