import type { HttpAnswer } from '@crossdock/connector-sdk';
import { FlowError, reasonOf } from '@crossdock/errors';
import { parsePayload } from '@crossdock/payload';
import type { OdooPorts } from './odoo-client.ts';
import { boundTo, type OdooConnection } from './odoo-connection.ts';
import { atPace } from './pace.ts';

/** Decoded; larger answers end with `DATA_RESULT_TOO_LARGE`. */
const MAX_ANSWER_BYTES = 10 * 1024 * 1024;

/** A call at a path of the connection's address, at its pace, with `secret` headers for its host alone. */
export function send(
  connection: OdooConnection,
  { http, signal }: OdooPorts,
  { path, body, secret = {} }: { path: string; body?: unknown; secret?: Readonly<Record<string, string>> },
): Promise<HttpAnswer> {
  const call = {
    method: body === undefined ? 'GET' : 'POST',
    url: new URL(path, connection.settings.url).href,
    headers: { accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'Crossdock' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal,
    maxBytes: MAX_ANSWER_BYTES,
    secrets: boundTo(connection, secret),
  };
  return atPace(connection, signal, () => http(call));
}

export const remoteOf = ({ settings: { url } }: OdooConnection): string => new URL(url).host;

/** The answer's JSON. Throws `REMOTE_ANSWER_INVALID`. */
export function jsonOf(remote: string, { body }: HttpAnswer): unknown {
  try {
    return parsePayload(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new FlowError('REMOTE_ANSWER_INVALID', { details: { remote, reason: reasonOf(cause) }, cause });
  }
}

/** The answer's JSON where it is an object, else undefined. */
export function objectIn(answer: HttpAnswer): Record<string, unknown> | undefined {
  try {
    const value = jsonOf('', answer);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
