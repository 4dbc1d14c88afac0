import { FlowError, reasonOf } from '@crossdock/errors';
import { withSecrets } from '../bound-call.ts';
import type { HttpAnswer, HttpCall, HttpPort } from '../run-context.ts';

/** Real calls to servers that a test started; anything but loopback is blocked, as the egress guard would. */
export function loopbackHttp(): HttpPort {
  return async (given) => {
    const call = withSecrets(given);
    const { hostname, host } = new URL(call.url);
    if (hostname !== '127.0.0.1' && hostname !== 'localhost')
      throw new FlowError('CONFIG_EGRESS_BLOCKED', { details: { host, reached: false } });
    try {
      return await answerOf(call);
    } catch (cause) {
      if (cause instanceof FlowError) throw cause;
      if (call.signal.aborted) throw timeoutOf(host, call.signal);
      const { cause: inner } = cause as { cause?: unknown };
      const unsent = (inner as { code?: unknown } | undefined)?.code === 'ECONNREFUSED' ? { reached: false } : {};
      const details = { remote: host, reason: reasonOf(inner ?? cause), ...unsent };
      throw new FlowError('REMOTE_UNAVAILABLE', { details, cause });
    }
  };
}

async function answerOf({ url, method, headers, body, signal, maxBytes }: HttpCall): Promise<HttpAnswer> {
  const answer = await fetch(url, {
    method,
    headers,
    signal,
    redirect: 'manual',
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await readUpTo(answer, maxBytes) };
}

async function readUpTo(answer: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new FlowError('DATA_RESULT_TOO_LARGE', { details: { limit: maxBytes } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function timeoutOf(remote: string, signal: AbortSignal): FlowError {
  if (signal.reason instanceof FlowError) return signal.reason;
  return new FlowError('REMOTE_TIMEOUT', { message: `${remote} did not answer in time`, details: { remote } });
}
