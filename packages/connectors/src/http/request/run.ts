import type { HttpAnswer, HttpCall, HttpPort, RunNode } from '@crossdock/connector-sdk';
import type { HttpConnection } from '../connection/http-connection.ts';
import { forgetToken } from '../connection/oauth-token.ts';
import { secretsOf } from '../connection/secrets.ts';
import { bodyOf } from './answer-body.ts';
import { errorOfAnswer } from './answer-error.ts';
import type { httpRequest } from './manifest.ts';
import { targetUrl, writtenHeaders, writtenRequest } from './request-parts.ts';
import { signedHeaders } from './signed-headers.ts';

/** Decoded; larger answers end with `DATA_RESULT_TOO_LARGE`. */
const MAX_ANSWER_BYTES = 10 * 1024 * 1024;

export const runHttpRequest: RunNode<typeof httpRequest> = async (_input, context) => {
  const { config, idempotencyKey, signal, http, blobs, emit } = context;
  const connection = (await context.connection()) as HttpConnection | undefined;
  const url = targetUrl(config.url, config.query ?? {}, connection?.settings.baseUrl);
  const { headers, body } = writtenRequest(writtenHeaders(config.headers, context), config.body);
  const call = {
    method: config.method,
    url: url.href,
    headers:
      config.signing === 'none' ? headers : { ...headers, ...signedHeaders(connection, { idempotencyKey, body }) },
    ...(body === undefined ? {} : { body }),
    signal,
    maxBytes: MAX_ANSWER_BYTES,
  };
  const answer = await (connection ? callWith(connection, call, http) : http(call));
  if (!isSuccess(answer, config.alsoAccept ?? [])) throw errorOfAnswer(url.host, answer);
  emit('out', {
    status: answer.status,
    headers: answer.headers,
    body: await bodyOf(url.host, answer, blobs),
  });
};

/** Calls with the connection's credentials; an access token that the API does not take any more is fetched anew, once. */
async function callWith(connection: HttpConnection, call: HttpCall, http: HttpPort): Promise<HttpAnswer> {
  const answer = await http({ ...call, secrets: await secretsOf(connection, http) });
  if (answer.status !== 401 || !forgetToken(connection)) return answer;
  return http({ ...call, secrets: await secretsOf(connection, http) });
}

function isSuccess({ status }: HttpAnswer, alsoAccept: readonly number[]): boolean {
  return (status >= 200 && status < 300) || alsoAccept.includes(status);
}
