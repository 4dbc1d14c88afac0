import { FlowError } from '@crossdock/errors';
import type { HttpCall } from './run-context.ts';

/**
 * The call as it is sent to its URL's host, with what its connection adds. To be asked for each hop: throws `CONFIG_CONNECTION_HOST` for a host
 * that the connection does not name.
 */
export function withSecrets(call: HttpCall): HttpCall {
  const { secrets } = call;
  if (!secrets) return call;
  const url = new URL(call.url);
  if (!secrets.hosts.includes(url.origin)) {
    const allowed = secrets.hosts.join(', ') || 'no host';
    const details = { connection: secrets.connection, host: url.origin, allowed, reached: false };
    throw new FlowError('CONFIG_CONNECTION_HOST', { details });
  }
  for (const [name, value] of Object.entries(secrets.query)) url.searchParams.set(name, value);
  const added = Object.keys(secrets.headers);
  const kept = Object.entries(call.headers).filter(([name]) => !added.includes(name.toLowerCase()));
  return { ...call, url: url.href, headers: { ...Object.fromEntries(kept), ...secrets.headers } };
}
