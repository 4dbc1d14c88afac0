import { type CatalogueRow, row } from './row.ts';

/** Something of the environment is missing or wrong: the operator mends it. */
export const configErrors = {
  CONFIG_FLOW_NOT_DEPLOYED: row(
    'flow "{flowId}" is not deployed in {env}, or has no "flow.called" trigger',
    'never',
    422,
    'Deploy the flow that is called, then replay.',
  ),
  CONFIG_VARIABLE_MISSING: row(
    'variable "{name}" is not set in {env}',
    'never',
    422,
    'Set it among the variables of that environment, or let the expression do without it, as in $vars.{name} ?? "none".',
  ),
  CONFIG_MISSING: row('{what} is not set', 'never', 422, 'Set it for this environment.'),
  CONFIG_INVALID: row('{what} has a wrong value: {reason}', 'never', 422, 'Correct the value.'),
  CONFIG_CONNECTION_MISSING: row(
    'there is no connection "{connection}" in {env}',
    'never',
    422,
    'Make it on the page Connections, then replay.',
  ),
  CONFIG_CONNECTION_TYPE: row(
    'connection "{connection}" in {env} is of type {type}, and {types} is needed',
    'never',
    422,
    'Name a connection of the right type, or make this one anew.',
  ),
  CONFIG_CONNECTION_HOST: row(
    'connection "{connection}" may be used for {allowed} only, not for {host}',
    'never',
    422,
    'Call an address of the connection, or name the host in its settings.',
  ),
  CONFIG_CREDENTIALS_MISSING: row(
    'connection "{connection}" in {env} has no {field}',
    'never',
    422,
    'Enter the credentials on the page Connections, then replay.',
  ),
  CONFIG_CREDENTIALS_REFUSED: row(
    '{remote} refused the credentials of connection "{connection}": {reason}',
    'never',
    422,
    'Enter the right credentials on the page Connections, then check and replay.',
  ),
  CONFIG_CREDENTIALS_UNREADABLE: row(
    'the credentials of connection "{connection}" in {env} do not open: {reason}',
    'never',
    422,
    'Enter the credentials again, or start with the key that sealed them.',
  ),
  CONFIG_ODOO_ACCESS: row(
    '{remote} does not let the user of connection "{connection}" call {call}: {reason}',
    'never',
    422,
    'Give that user the rights in Odoo, or call a public method, then replay.',
  ),
  CONFIG_ODOO_CALL: row(
    '{remote} does not take the call {call}: {reason}',
    'never',
    422,
    'Correct model, method, fields or arguments at the node, or the database of the connection.',
  ),
  CONFIG_EGRESS_BLOCKED: row(
    'calls to {host} are not allowed',
    'never',
    422,
    'Allow the host under Connections, Private hosts, or call a public address.',
  ),
} as const satisfies Record<string, CatalogueRow>;
