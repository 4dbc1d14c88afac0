import type { HttpAnswer } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import { decoded } from './answer-body.ts';
import { retryAfterMs } from './retry-after.ts';

const EXCERPT_CHARS = 500;

/** By these the remote says that it did nothing with the request (RFC 6585 §4, RFC 8470 §5.2, RFC 9110 §15.6.4). */
const NOT_PROCESSED = [425, 429, 503];

/**
 * What an answer other than a success means. Details hold `remote`, `status`, `excerpt`, where the remote named one `retryAfterMs`, and
 * `processed: false` where the status says so.
 */
export function errorOfAnswer(remote: string, answer: HttpAnswer): FlowError {
  const { status } = answer;
  const after = retryAfterMs(answer.headers['retry-after'], Date.now());
  const excerpt = excerptOf(answer);
  const details = {
    remote,
    status,
    ...(excerpt === '' ? {} : { excerpt }),
    ...(after === undefined ? {} : { retryAfterMs: after }),
    ...(NOT_PROCESSED.includes(status) ? { processed: false } : {}),
  };
  if (status === 408) return new FlowError('REMOTE_TIMEOUT', { details, message: `${remote} answered 408` });
  if (status === 425 || status === 429) return new FlowError('REMOTE_RATE_LIMITED', { details });
  if (status >= 500) return new FlowError('REMOTE_ERROR', { details });
  if (status >= 300 && status < 400) return redirected(details, answer.headers.location);
  return new FlowError('REMOTE_REJECTED', { details });
}

function redirected(details: { remote: string; status: number }, location: string | undefined): FlowError {
  const message = `${details.remote} answered ${details.status} and points ${location ? `to ${location}` : 'elsewhere'}: enter the final address as URL`;
  return new FlowError('REMOTE_REJECTED', { details: { ...details, ...(location ? { location } : {}) }, message });
}

function excerptOf({ body, headers }: HttpAnswer): string {
  const contentType = headers['content-type'] ?? '';
  // Cut before decoding: a huge error page is not worth its memory.
  const text = decoded(body.subarray(0, EXCERPT_CHARS * 4), contentType).trim();
  return text.length > EXCERPT_CHARS ? `${text.slice(0, EXCERPT_CHARS)}…` : text;
}
