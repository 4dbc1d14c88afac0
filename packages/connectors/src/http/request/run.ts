import type { HttpAnswer, RunNode } from '@crossdock/connector-sdk';
import { bodyOf } from './answer-body.ts';
import { errorOfAnswer } from './answer-error.ts';
import type { httpRequest } from './manifest.ts';
import { targetUrl, writtenHeaders, writtenRequest } from './request-parts.ts';

/** Decoded; larger answers end with `DATA_RESULT_TOO_LARGE`. */
const MAX_ANSWER_BYTES = 10 * 1024 * 1024;

export const runHttpRequest: RunNode<typeof httpRequest> = async (_input, context) => {
  const { config, signal, http, blobs, emit } = context;
  const url = targetUrl(config.url, config.query ?? {});
  const { headers, body } = writtenRequest(writtenHeaders(config.headers, context), config.body);
  const answer = await http({
    method: config.method,
    url: url.href,
    headers,
    ...(body === undefined ? {} : { body }),
    signal,
    maxBytes: MAX_ANSWER_BYTES,
  });
  if (!isSuccess(answer, config.alsoAccept ?? [])) throw errorOfAnswer(url.host, answer);
  emit('out', {
    status: answer.status,
    headers: answer.headers,
    body: await bodyOf(url.host, answer, blobs),
  });
};

function isSuccess({ status }: HttpAnswer, alsoAccept: readonly number[]): boolean {
  return (status >= 200 && status < 300) || alsoAccept.includes(status);
}
