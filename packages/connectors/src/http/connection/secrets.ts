import { type BoundSecrets, type HttpPort, originOf } from '@crossdock/connector-sdk';
import { type HttpConnection, needed } from './http-connection.ts';
import { accessToken } from './oauth-token.ts';

/** What the connection adds to a call. Fetches an access token where the connection asks for one. */
export async function secretsOf(connection: HttpConnection, http: HttpPort): Promise<BoundSecrets> {
  const { name, settings, credentials } = connection;
  const proof = await proofOf(connection, http);
  return {
    connection: name,
    hosts: apiHosts(connection),
    headers: { ...lowerCase(settings.headers ?? {}), ...proof.headers },
    query: proof.query ?? {},
    values: [...proof.values, ...Object.values(credentials)],
  };
}

interface Proof {
  headers?: Record<string, string>;
  query?: Record<string, string>;
  values: string[];
}

async function proofOf(connection: HttpConnection, http: HttpPort): Promise<Proof> {
  const { settings } = connection;
  switch (settings.auth) {
    case 'basic': {
      const pair = `${settings.user ?? ''}:${needed(connection, 'password', 'password')}`;
      const encoded = Buffer.from(pair, 'utf8').toString('base64');
      return { headers: { authorization: `Basic ${encoded}` }, values: [encoded] };
    }
    case 'bearer':
      return { headers: { authorization: `Bearer ${needed(connection, 'token', 'bearer token')}` }, values: [] };
    case 'api-key': {
      const { apiKeyIn = 'header', apiKeyName = 'X-API-Key' } = settings;
      const key = needed(connection, 'apiKey', 'API key');
      if (apiKeyIn === 'query') return { query: { [apiKeyName]: key }, values: [] };
      return { headers: { [apiKeyName.toLowerCase()]: key }, values: [] };
    }
    case 'oauth2': {
      const token = await accessToken(connection, http);
      return { headers: { authorization: `Bearer ${token}` }, values: [token] };
    }
    default:
      return { values: [] };
  }
}

/** Not the token address: tokens are fetched there, and sent elsewhere. */
function apiHosts({ settings: { baseUrl, otherAddresses = [] } }: HttpConnection): string[] {
  return [baseUrl, ...otherAddresses].map(originOf).filter((origin) => origin !== undefined);
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
