import type { ConnectionManifest } from '@crossdock/connector-sdk';
import { httpConnection } from './http/connection/manifest.ts';
import { smtpConnection } from './mail/connection/manifest.ts';
import { odooConnection } from './odoo/connection/manifest.ts';
import { hookSecretConnection } from './webhook/connection/manifest.ts';

/** Every connection type, in the order they are offered. */
export const connectionTypes = [httpConnection, odooConnection, smtpConnection, hookSecretConnection] as const;

export const connectionTypesByName: ReadonlyMap<string, ConnectionManifest> = new Map(
  connectionTypes.map((manifest) => [manifest.type, manifest]),
);
