import type { CredentialsOf, OpenConnection, SettingsOf } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import type { httpConnection } from './manifest.ts';

/** A connection of type `http` in the clear. */
export type HttpConnection = OpenConnection<SettingsOf<typeof httpConnection>, CredentialsOf<typeof httpConnection>>;

/** A credential that the settings ask for. Throws `CONFIG_CREDENTIALS_MISSING`. */
export function needed(
  { name, env, credentials }: HttpConnection,
  field: keyof HttpConnection['credentials'],
  title: string,
): string {
  const value = credentials[field];
  if (value === undefined)
    throw new FlowError('CONFIG_CREDENTIALS_MISSING', { details: { connection: name, env, field: title } });
  return value;
}
