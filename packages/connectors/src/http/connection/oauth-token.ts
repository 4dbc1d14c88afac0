import { type HttpAnswer, type HttpPort, originOf } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import { errorOfAnswer } from '../request/answer-error.ts';
import { type HttpConnection, needed } from './http-connection.ts';

/** Of `HttpConnection.memory`. */
const TOKEN = 'access-token';
const FETCH_TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 256 * 1024;
/** Where the answer does not say how long the token lives. */
const DEFAULT_LIFE_S = 300;
/** A token is not used in its last seconds: the call takes time, and clocks differ. */
const MARGIN_S = 30;

interface Token {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

/**
 * The access token of a connection with OAuth 2 client credentials (RFC 6749 §4.4), fetched once for all calls of this process until shortly
 * before it ends. Throws `CONFIG_CREDENTIALS_REFUSED`, `REMOTE_…`.
 */
export async function accessToken(connection: HttpConnection, http: HttpPort): Promise<string> {
  const known = connection.memory.get(TOKEN) as Promise<Token> | undefined;
  if (known) {
    const token = await known;
    if (token.endsAt > Date.now()) return token.value;
    if (connection.memory.get(TOKEN) === known) connection.memory.delete(TOKEN);
    return accessToken(connection, http);
  }
  const fetching = fetchToken(connection, http);
  connection.memory.set(TOKEN, fetching);
  fetching.catch(() => connection.memory.get(TOKEN) === fetching && connection.memory.delete(TOKEN));
  return (await fetching).value;
}

/** Lets go of a token that the API refused; false when none was held, so that a new one would be of no use. */
export function forgetToken(connection: HttpConnection): boolean {
  return connection.memory.delete(TOKEN);
}

async function fetchToken(connection: HttpConnection, http: HttpPort): Promise<Token> {
  const { settings, name } = connection;
  const { tokenUrl = '', clientId = '', clientAuth = 'basic', scope, audience } = settings;
  const secret = needed(connection, 'clientSecret', 'client secret');
  // RFC 6749 §2.3.1: both are form-encoded before they become a basic credential.
  const pair = Buffer.from(`${formEncoded(clientId)}:${formEncoded(secret)}`).toString('base64');
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(scope ? { scope } : {}),
    ...(audience ? { audience } : {}),
    ...(clientAuth === 'body' ? { client_id: clientId, client_secret: secret } : {}),
  });
  const answer = await http({
    method: 'POST',
    url: tokenUrl,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
    // Others may wait for this token: it does not end with the execution that asked first.
    signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    maxBytes: MAX_ANSWER_BYTES,
    secrets: {
      connection: name,
      hosts: [originOf(tokenUrl)].filter((origin) => origin !== undefined),
      headers: clientAuth === 'basic' ? { authorization: `Basic ${pair}` } : {},
      query: {},
      values: [secret, pair],
    },
  });
  return readToken(connection, answer);
}

function readToken({ name, env, settings: { tokenUrl = '' } }: HttpConnection, answer: HttpAnswer): Token {
  const remote = new URL(tokenUrl).host;
  const body = jsonIn(answer);
  if (answer.status === 400 || answer.status === 401 || answer.status === 403) {
    const said = [body.error, body.error_description].filter((part) => typeof part === 'string').join(': ');
    const reason = said === '' ? `it answered ${answer.status}` : said.slice(0, 300);
    throw new FlowError('CONFIG_CREDENTIALS_REFUSED', { details: { remote, connection: name, env, reason } });
  }
  if (answer.status !== 200) throw errorOfAnswer(remote, answer);
  if (typeof body.access_token !== 'string' || !/^[\x21-\x7e]+$/.test(body.access_token)) {
    const reason = 'the answer of the token address holds no access_token';
    throw new FlowError('REMOTE_ANSWER_INVALID', { details: { remote, reason } });
  }
  const life = Number(body.expires_in);
  const lifeS = Number.isFinite(life) && life > 0 ? life : DEFAULT_LIFE_S;
  return { value: body.access_token, endsAt: Date.now() + Math.max(lifeS - MARGIN_S, lifeS / 2) * 1000 };
}

function jsonIn({ body }: HttpAnswer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
