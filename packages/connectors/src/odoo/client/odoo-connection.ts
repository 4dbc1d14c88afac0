import type { BoundSecrets, CredentialsOf, OpenConnection, SettingsOf } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import type { odooConnection } from '../connection/manifest.ts';

/** A connection of type `odoo` in the clear. */
export type OdooConnection = OpenConnection<SettingsOf<typeof odooConnection>, CredentialsOf<typeof odooConnection>>;

/** Throws `CONFIG_CREDENTIALS_MISSING`. */
export function apiKeyOf({ name, env, credentials: { apiKey } }: OdooConnection): string {
  if (apiKey === undefined)
    throw new FlowError('CONFIG_CREDENTIALS_MISSING', { details: { connection: name, env, field: 'API key' } });
  return apiKey;
}

/** Binds a call to the connection's host; the key must not come back in an answer. */
export function boundTo(connection: OdooConnection, headers: Readonly<Record<string, string>>): BoundSecrets {
  return { connection: connection.name, hosts: connection.hosts, headers, query: {}, values: [apiKeyOf(connection)] };
}
