import type { AlarmNotice } from '@crossdock/api-contract';
import type { HttpPort, OpenConnection } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import { signStandard } from '@crossdock/signatures';

interface HttpSettings {
  baseUrl: string;
  headers?: Record<string, string>;
}

const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Posts a notice, signed by Standard Webhooks (https://www.standardwebhooks.com): the id is the delivery's, on every attempt. The signature says who
 * calls; other credentials of the connection are not sent. Throws `REMOTE_…` or `CONFIG_…`.
 */
export async function sendWebhook(
  { settings, credentials, name, env }: OpenConnection,
  { notice, id, path = '' }: { notice: AlarmNotice; id: string; path?: string | undefined },
  { http, signal, nowMs }: { http: HttpPort; signal: AbortSignal; nowMs: number },
): Promise<void> {
  const { signingSecret } = credentials;
  if (signingSecret === undefined)
    throw new FlowError('CONFIG_CREDENTIALS_MISSING', { details: { connection: name, env, field: 'Signing secret' } });
  const { baseUrl, headers = {} } = settings as unknown as HttpSettings;
  const url = path === '' ? baseUrl : `${baseUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  const body = JSON.stringify({ type: `alarm.${notice.event}`, timestamp: notice.at, data: notice });
  const signed = signStandard({ id, body, nowMs }, [signingSecret]);
  const answer = await http({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/json', ...signed },
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
