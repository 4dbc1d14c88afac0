import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { FlowError } from '@crossdock/errors';
import { createHookGuards, createRefusalCounts, type HookSecrets } from '../hook-guard/index.ts';
import { problemOf } from '../http/index.ts';
import {
  acceptTrigger,
  checkContentType,
  type IntakeContext,
  type LargeBodies,
  QUERY_HEADER,
  storedHeaders,
  storedQuery,
  toPayload,
} from '../intake/index.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { answer, answerJson, ExecutionProblem } from './answer.ts';
import { createHintIndex, type HintIndex } from './hint-index.ts';
import { challengeOf, createHookIndex, type Hook, type HookIndex } from './hook-index.ts';
import { readBody } from './read-body.ts';
import { retryAfterS } from './retry-after.ts';

export interface IngressOptions extends IntakeContext {
  log: Logger;
  /** What signed hooks check their requests with. */
  secrets: HookSecrets;
  /** Largest body taken, decoded. */
  maxBodyBytes: number;
  /** Reads what would hold the event loop up. */
  largeBodies?: LargeBodies;
  /** True while the process drains: new requests get 503. */
  isStopping(): boolean;
}

const HOOK_ADDRESS = /^\/hooks\/([^/?]+)\/([^?]+)(?:\?(.*))?$/s;

/**
 * The hooks, for every request under `/hooks`: `ANY /hooks/{env}/{path…}`. Node's own request and answer, not Express': on the way of every
 * order its router and answers cost as much as all else at the door.
 */
export function createIngress(options: IngressOptions): RequestListener {
  const refusals = createRefusalCounts(options.bus, options.log);
  const index = createHookIndex(options.bus, options.log, createHookGuards({ ...options, refusals }));
  const hints = createHintIndex(options.bus, options.log);
  return (request, response) => {
    const served: Served = { request, response, hook: undefined };
    measure(options.metrics, served);
    take(options, { index, hints }, served).catch((error: unknown) => refuse(options.log, error, served));
  };
}

/** A request under way, and its hook once it is found. */
interface Served {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  hook: Hook | undefined;
}

async function take(
  options: IngressOptions,
  { index, hints }: { index: HookIndex; hints: HintIndex },
  served: Served,
): Promise<void> {
  const { request, response } = served;
  if (options.isStopping()) throw new FlowError('SYSTEM_STOPPING');
  const { env, path, search: given } = addressOf(request.url ?? '/');
  if (request.method === 'POST' && hints.ring(env, path)) {
    request.resume();
    return answerJson(response, {}, { status: 200 });
  }
  const hook = await index.find(env, path, request.method ?? 'GET');
  served.hook = hook;
  const admission = hook.guard && (await hook.guard.admit(request, given));
  if (hasBody(request)) checkContentType(request.headers['content-type'], hook.contentTypes);
  const receivedAt = new Date().toISOString();
  const bytes = await readBody(request, Math.min(options.maxBodyBytes, hook.maxBodyBytes));
  const once = admission?.check(bytes);
  const { headers, search, trustsQuery } = admission ?? { headers: request.headers, search: given, trustsQuery: true };
  const query = new URLSearchParams(trustsQuery ? search : '');
  const acceptance = await acceptTrigger(options, hook.trigger, {
    receivedAt,
    headers: storedHeaders(headers, search === '' ? {} : { [QUERY_HEADER]: storedQuery(search) }),
    payload: toPayload({ bytes, contentType: contentTypeOf(request), query }, options),
    ...(once === undefined ? {} : { once }),
    ...(hook.response === 'respond' ? { replyWithinMs: hook.respondTimeoutMs } : {}),
  });
  await answer(response, hook, acceptance, options.bus);
}

function addressOf(url: string): { env: string; path: string; search: string } {
  const [, env, path, search = ''] = HOOK_ADDRESS.exec(url) ?? [];
  if (env === undefined || path === undefined) throw unknownHook(url);
  try {
    return { env: decodeURIComponent(env), path: decodeURIComponent(path), search };
  } catch {
    throw new FlowError('API_BAD_REQUEST', { details: { path: 'the address', reason: 'it has a broken %-escape' } });
  }
}

function unknownHook(url: string): FlowError {
  return new FlowError('API_NOT_FOUND', {
    details: { what: 'hook', id: withoutQuery(url).replace(/^\/hooks\/?/, '') },
  });
}

function withoutQuery(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

/** A method that says nothing about a body may carry a stray content type. */
function contentTypeOf(request: IncomingMessage): string | undefined {
  return hasBody(request) || ['POST', 'PUT', 'PATCH'].includes(request.method ?? 'GET')
    ? request.headers['content-type']
    : undefined;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function refuse(log: Logger, thrown: unknown, { request, response, hook }: Served): void {
  const { error, executionId } =
    thrown instanceof ExecutionProblem ? thrown : { error: thrown, executionId: undefined };
  if (response.headersSent || request.socket.destroyed) {
    response.destroy();
    return;
  }
  const problem = problemOf(error, withoutQuery(request.url ?? ''));
  if (problem.status >= 500) log.warn({ err: error, code: problem.code, executionId }, 'a hook was not served');
  const after = retryAfterS(error);
  if (after !== undefined) response.setHeader('Retry-After', after);
  if (problem.status === 401 && hook) response.setHeader('WWW-Authenticate', challengeOf(hook));
  // What is still being sent of a body that nobody wants must not hold the connection.
  if (!request.complete) request.resume();
  answerJson(response, executionId === undefined ? problem : { ...problem, executionId }, {
    status: problem.status,
    type: 'application/problem+json; charset=utf-8',
  });
}

/** Unknown addresses count as one: a label made of what callers send would grow without end. */
function measure(metrics: Metrics, served: Served): void {
  const start = performance.now();
  served.response.once('close', () => {
    const env = served.hook?.trigger.env ?? 'unknown';
    metrics.count('crossdock_hook_requests_total', { env, status: served.response.statusCode });
    metrics.observe('crossdock_hook_seconds', (performance.now() - start) / 1000, { env });
  });
}
