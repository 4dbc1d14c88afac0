import { defaultedField, field, optionalField } from '@crossdock/connector-sdk';
import { Type } from 'typebox';

/** Settings that nodes of Odoo share. */

export const ODOO_CONNECTION = {
  types: ['odoo'],
  required: true,
  description: 'Address, database and key, resolved in each environment by name.',
} as const;

/** Odoo itself may take so long for one request, and does for the writes of large orders: giving up before leaves it unknown what was done. */
export const ODOO_TIMEOUT_MS = 150_000;

/** What Odoo may answer to any call. */
export const ODOO_ERRORS = [
  'CONFIG_CREDENTIALS_MISSING',
  'CONFIG_CREDENTIALS_REFUSED',
  'CONFIG_ODOO_ACCESS',
  'CONFIG_ODOO_CALL',
  'CONFIG_EGRESS_BLOCKED',
  'REMOTE_ODOO_RULE',
  'REMOTE_ODOO_MISSING',
  'REMOTE_ODOO_LOCKED',
  'REMOTE_UNAVAILABLE',
  'REMOTE_ERROR',
  'REMOTE_ANSWER_INVALID',
] as const;

export const modelField = () =>
  field(Type.String({ minLength: 1, maxLength: 200, pattern: '^[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*$' }), {
    title: 'Model',
    description: 'Technical name, by Odoo 19.',
    examples: ['sale.order'],
    'x-pattern-reason': 'must be a technical name such as sale.order',
    'x-choices': { of: 'models' },
  });

export const fieldsField = () =>
  field(
    Type.Array(Type.String({ minLength: 1, maxLength: 200, pattern: '^[a-z_][a-z0-9_]*$' }), {
      minItems: 1,
      maxItems: 200,
    }),
    {
      title: 'Fields',
      description: 'What to read of each record, by the names of Odoo 19; the id comes by itself.',
      'x-choices': { of: 'fields', within: 'model' },
    },
  );

export const domainField = (description: string) =>
  defaultedField(Type.String({ minLength: 1, maxLength: 20_000 }), '[]', {
    title: 'Conditions',
    description,
    'x-mapping': true,
    'x-widget': 'jsonata',
  });

export const contextField = () =>
  optionalField(Type.Unsafe<Record<string, unknown>>({ type: 'object' }), {
    title: 'Context',
    description: 'Added to language, time zone and companies of the connection, such as {"active_test": false}.',
    'x-expression': true,
    'x-widget': 'json',
  });

export const idOf = () => Type.Integer({ minimum: 1 });

export const idsOf = () => Type.Array(idOf(), { maxItems: 10_000 });
