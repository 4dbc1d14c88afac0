import type { RotateCredentials } from '@crossdock/connector-sdk';
import { FlowError, isFlowError } from '@crossdock/errors';
import { odooClient } from '../client/odoo-client.ts';
import { apiKeyOf, type OdooConnection } from '../client/odoo-connection.ts';
import { remoteOf } from '../client/post-json.ts';
import type { odooConnection } from '../connection/manifest.ts';

const DAY_MS = 86_400_000;
/** Odoo gives users who are no administrators 90 days at most. */
const LIFE_DAYS = 90;

/**
 * Makes a new key of the same user with `res.users.apikeys/generate`, of Odoo 20 and newer (and of 19 where it was brought back), and tries it.
 * It asks for Settings rights, or the system parameter `base.enable_programmatic_api_keys`.
 */
export const rotateOdooKey: RotateCredentials<typeof odooConnection> = async (connection, { now, ...ports }) => {
  const old = apiKeyOf(connection);
  const client = await odooClient(connection, ports);
  const ends = new Date(now + LIFE_DAYS * DAY_MS).toISOString();
  const name = `Crossdock ${connection.name} ${connection.env} ${new Date(now).toISOString().slice(0, 10)}`;
  const args = { key: old, scope: 'rpc', name, expiration_date: ends.slice(0, 19).replace('T', ' ') };
  const key = await client.call({ model: 'res.users.apikeys', method: 'generate', args }).catch((error: unknown) => {
    throw isFlowError(error, 'CONFIG_ODOO_CALL') ? byHand(connection, error) : error;
  });
  if (typeof key !== 'string' || key === '') throw byHand(connection);
  const renewed: OdooConnection = { ...connection, credentials: { apiKey: key }, memory: new Map() };
  const own = await odooClient(renewed, ports);
  await own.call({ model: 'res.users', method: 'context_get' });
  return {
    credentials: { apiKey: key },
    settings: { expiresAt: ends.slice(0, 10) },
    retire: async () => void (await own.call({ model: 'res.users.apikeys', method: 'revoke', args: { key: old } })),
  };
};

function byHand(connection: OdooConnection, cause?: unknown): FlowError {
  const reason = 'this version of Odoo lets people alone make keys';
  return new FlowError('REMOTE_CANNOT_ROTATE', { details: { remote: remoteOf(connection), reason }, cause });
}
