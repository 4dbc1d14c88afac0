import type { HttpPort, OpenConnection } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import { signStandard } from '@crossdock/signatures';

interface HttpSettings {
  baseUrl: string;
  headers?: Record<string, string>;
}

export interface Webhook {
  /** The same on every attempt. */
  readonly id: string;
  readonly body: string;
  readonly contentType: string;
  /** Put behind the base address of the connection. */
  readonly path?: string | undefined;
}

const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Posts to a connection of type http, signed by Standard Webhooks (https://www.standardwebhooks.com). The signature says who calls; other
 * credentials of the connection are not sent. Throws `REMOTE_…` (with `details.status` where it answered) or `CONFIG_…`.
 */
export async function postSigned(
  { settings, credentials, name, env }: OpenConnection,
  { id, body, contentType, path = '' }: Webhook,
  { http, signal, nowMs }: { http: HttpPort; signal: AbortSignal; nowMs: number },
): Promise<void> {
  const { signingSecret } = credentials;
  if (signingSecret === undefined)
    throw new FlowError('CONFIG_CREDENTIALS_MISSING', { details: { connection: name, env, field: 'Signing secret' } });
  const { baseUrl, headers = {} } = settings as unknown as HttpSettings;
  const url = path === '' ? baseUrl : `${baseUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  const signed = signStandard({ id, body, nowMs }, [signingSecret]);
  const answer = await http({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': contentType, ...signed },
    body,
    signal,
    maxBytes: MAX_ANSWER_BYTES,
  });
  if (answer.status >= 200 && answer.status < 300) return;
  const isPassing = answer.status === 408 || answer.status === 429 || answer.status >= 500;
  throw new FlowError(isPassing ? 'REMOTE_UNAVAILABLE' : 'REMOTE_REJECTED', {
    details: { remote: new URL(url).host, status: answer.status, reason: `it answered ${answer.status}` },
  });
}
