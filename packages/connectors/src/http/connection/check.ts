import type { CheckConnection } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import { errorOfAnswer } from '../request/answer-error.ts';
import { targetUrl } from '../request/request-parts.ts';
import type { httpConnection } from './manifest.ts';
import { secretsOf } from './secrets.ts';

const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * A GET with the credentials. With a path of its own for the check the answer must be a success; the base address alone may answer 404 or 405,
 * as there is often nothing to read: the host was reached and took the credentials.
 */
export const checkHttpConnection: CheckConnection<typeof httpConnection> = async (connection, { http, signal }) => {
  const { settings, name, env } = connection;
  const url = targetUrl(settings.checkPath ?? '', {}, settings.baseUrl);
  const answer = await http({
    method: 'GET',
    url: url.href,
    headers: { accept: 'application/json, */*' },
    signal,
    maxBytes: MAX_ANSWER_BYTES,
    secrets: await secretsOf(connection, http),
  });
  const { status } = answer;
  if (status === 401 || status === 403) {
    const details = { remote: url.host, connection: name, env, reason: `GET ${url.pathname} answered ${status}` };
    throw new FlowError('CONFIG_CREDENTIALS_REFUSED', { details });
  }
  const isFine = status < 300 || (settings.checkPath === undefined && status < 500 && status !== 407 && status !== 429);
  if (!isFine) throw errorOfAnswer(url.host, answer);
  return `GET ${url.pathname} answered ${status}`;
};
