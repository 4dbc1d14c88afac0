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
import { MAIL } from '../connector.ts';

/** A server that takes e-mail. */
export const smtpConnection = defineConnectionType({
  type: 'smtp',
  connector: MAIL,
  title: 'Mail server (SMTP)',
  summary: 'A server that takes e-mail, and the address that mail is sent from.',
  icon: 'mail',
  hosts: [{ host: 'host', port: 'port', scheme: 'smtp' }],
  mode: 'security',
  checkable: true,
  settings: configSchema(
    {
      host: field(Type.String({ maxLength: 253, pattern: '^[A-Za-z0-9.:_-]+$' }), {
        title: 'Host',
        description: 'Name or address of the mail server.',
        examples: ['smtp.example.com'],
        'x-pattern-reason': 'must be a host name or an address, without a port',
      }),
      port: defaultedField(Type.Integer({ minimum: 1, maximum: 65_535 }), 587, {
        title: 'Port',
        description: '587 for submission, 465 for TLS from the start, 25 between servers.',
      }),
      security: defaultedField(choice('starttls', 'tls', 'none'), 'starttls', {
        title: 'Encryption',
        description: 'STARTTLS that must succeed, TLS from the start, or none.',
        'x-labels': { starttls: 'STARTTLS', tls: 'TLS from the start', none: 'None' },
      }),
      auth: defaultedField(choice('password', 'none'), 'password', {
        title: 'Authentication',
        description: 'User and password, or none.',
        'x-labels': { password: 'User and password', none: 'None' },
      }),
      user: optionalField(Type.String({ minLength: 1, maxLength: 500 }), {
        title: 'User',
        description: 'Often the mail address.',
        'x-when': { field: 'auth', is: ['password'] },
      }),
      from: field(Type.String({ maxLength: 320, pattern: '^[^\\s@<>]+@[^\\s@<>]+$' }), {
        title: 'Sender',
        description: 'Address that mail is sent from.',
        examples: ['crossdock@example.com'],
        'x-pattern-reason': 'must be a mail address such as crossdock@example.com',
      }),
    },
    {
      allOf: [ruleWhere('auth', { not: 'none' }, { required: ['user'] })],
    },
  ),
  credentials: configSchema({
    password: optionalField(Type.String({ minLength: 1, maxLength: 4000 }), {
      title: 'Password',
      description: 'Of the user.',
      'x-when': { field: 'auth', is: ['password'] },
    }),
  }),
  examples: [
    {
      title: 'Submission with STARTTLS',
      settings: { host: 'smtp.example.com', user: 'crossdock@example.com', from: 'crossdock@example.com' },
    },
  ],
});
