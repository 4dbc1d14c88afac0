import type { ErrorCode } from '@crossdock/errors';

/** Odoo's exceptions by their class; both interfaces name it. */
const BY_CLASS: Readonly<Record<string, ErrorCode>> = {
  'odoo.exceptions.AccessDenied': 'CONFIG_CREDENTIALS_REFUSED',
  'werkzeug.exceptions.Unauthorized': 'CONFIG_CREDENTIALS_REFUSED',
  'odoo.exceptions.AccessError': 'CONFIG_ODOO_ACCESS',
  'werkzeug.exceptions.Forbidden': 'CONFIG_ODOO_ACCESS',
  'odoo.exceptions.UserError': 'REMOTE_ODOO_RULE',
  'odoo.exceptions.ValidationError': 'REMOTE_ODOO_RULE',
  'odoo.exceptions.RedirectWarning': 'REMOTE_ODOO_RULE',
  'odoo.exceptions.MissingError': 'REMOTE_ODOO_MISSING',
  'odoo.exceptions.LockError': 'REMOTE_ODOO_LOCKED',
  'odoo.exceptions.ConcurrencyError': 'REMOTE_ODOO_LOCKED',
  'werkzeug.exceptions.NotFound': 'CONFIG_ODOO_CALL',
  'werkzeug.exceptions.BadRequest': 'CONFIG_ODOO_CALL',
  'werkzeug.exceptions.UnprocessableEntity': 'CONFIG_ODOO_CALL',
};

/**
 * Mistakes of the caller that Odoo answers like troubles of its own, though trying again cannot help. JSON-RPC has no other words for an
 * unknown model, method or argument.
 */
const WRONG_CALLS: readonly (readonly [name: string, message: RegExp])[] = [
  ['odoo.exceptions.UserError', /^Object \S+ doesn't exist$/],
  ['odoo.exceptions.UserError', /^Invalid language code: /],
  ['builtins.AttributeError', /The method '.*' does not exist$|^type object '.*' has no attribute/],
  ['builtins.TypeError', /unexpected keyword argument|missing \d+ required/],
  ['builtins.ValueError', /^Invalid (field|operator) |^expecting only datetimes /],
  ['psycopg2.OperationalError', /database ".*" does not exist/],
];

/** What an exception of Odoo means; undefined for one that says nothing about the call, such as a trouble of the server. */
export function codeOfException(name: string, message: string): ErrorCode | undefined {
  if (WRONG_CALLS.some(([one, pattern]) => one === name && pattern.test(message))) return 'CONFIG_ODOO_CALL';
  return BY_CLASS[name];
}
