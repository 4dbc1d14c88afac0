import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { HttpAnswer, HttpCall } from '@crossdock/connector-sdk';
import { FlowError, reasonOf } from '@crossdock/errors';
import { type Agent, errors } from 'undici';
import { collectAnswer } from './collect-answer.ts';
import { isConnectError } from './guarded-agent.ts';
import { BLOCKED } from './guarded-lookup.ts';

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** Nothing that is meant to be read grows more than this when it is unpacked; below the floor a few zeros may. */
const MAX_RATIO = 100;
const RATIO_FLOOR_BYTES = 1024 * 1024;
const MAX_HEADERS = 200;

/**
 * One request and its whole answer, decoded; no redirects. The URL is absolute and checked. An error's details say `reached: false` where
 * nothing was sent, unless the call is a redirected one: then something was, elsewhere.
 */
export async function callOnce(
  agent: Agent,
  call: HttpCall,
  { isRedirected }: { isRedirected: boolean },
): Promise<HttpAnswer> {
  const startedAt = performance.now();
  try {
    const { status, headers, body } = await collectAnswer(agent, call, () => tooLarge(call.maxBytes));
    if (countOf(headers) > MAX_HEADERS) throw new UnreadableAnswer(`it has more than ${MAX_HEADERS} headers`);
    const answerHeaders = joinHeaders(headers);
    return {
      status,
      headers: answerHeaders,
      body: await decode(body, answerHeaders['content-encoding'], call.maxBytes),
    };
  } catch (error) {
    const unsent = !isRedirected && isConnectError(error) ? { reached: false as const } : {};
    throw asCallError(error, call, { elapsedMs: performance.now() - startedAt, unsent });
  }
}

/** At most one coding is undone: a long chain of them is an attack (CVE-2026-22036). */
async function decode(raw: Buffer, coding: string | undefined, maxBytes: number): Promise<Uint8Array> {
  const name = coding?.trim().toLowerCase() ?? 'identity';
  if (raw.length === 0 || name === 'identity' || name === '') return raw;
  if (!Object.hasOwn(decoders, name)) throw new UnreadableAnswer(`content coding "${name}" is not known`);
  const limit = Math.min(maxBytes, Math.max(RATIO_FLOOR_BYTES, raw.length * MAX_RATIO));
  try {
    return await decoders[name as keyof typeof decoders](raw, { maxOutputLength: limit });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
    throw new UnreadableAnswer(reasonOf(error));
  }
}

class UnreadableAnswer extends Error {}

function tooLarge(maxBytes: number): FlowError {
  return new FlowError('DATA_RESULT_TOO_LARGE', { details: { limit: maxBytes } });
}

function countOf(headers: IncomingHttpHeaders): number {
  return Object.values(headers).reduce<number>((sum, value) => sum + (Array.isArray(value) ? value.length : 1), 0);
}

function joinHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) joined[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return joined;
}

function asCallError(
  error: unknown,
  { url, signal }: HttpCall,
  { elapsedMs, unsent }: { elapsedMs: number; unsent: { reached?: false } },
): FlowError {
  if (error instanceof FlowError) return error;
  const remote = new URL(url).host;
  if (signal.aborted) {
    if (signal.reason instanceof FlowError) return signal.reason;
    return new FlowError('REMOTE_TIMEOUT', { details: { remote, timeoutMs: Math.round(elapsedMs) }, cause: error });
  }
  if (codeOf(error) === BLOCKED)
    return new FlowError('CONFIG_EGRESS_BLOCKED', { details: { host: remote, ...unsent } });
  if (error instanceof errors.InvalidArgumentError)
    return new FlowError('CONFIG_INVALID', { details: { what: 'the request', reason: error.message }, cause: error });
  if (error instanceof UnreadableAnswer)
    return new FlowError('REMOTE_ANSWER_INVALID', { details: { remote, reason: error.message } });
  return new FlowError('REMOTE_UNAVAILABLE', {
    details: { remote, reason: reasonText(error), ...unsent },
    cause: error,
  });
}

/** Node reports several refused addresses of one name as an AggregateError without a message. */
function reasonText(error: unknown): string {
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  return reasonOf(inner) || (codeOf(error) ?? 'the connection broke');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
