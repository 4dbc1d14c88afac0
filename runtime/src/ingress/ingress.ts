import { FlowError, isFlowError } from '@crossdock/errors';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { problemOf } from '../http/index.ts';
import {
  acceptTrigger,
  checkContentType,
  type IntakeContext,
  type LargeBodies,
  QUERY_HEADER,
  storedHeaders,
  toPayload,
} from '../intake/index.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { answer, ExecutionProblem } from './answer.ts';
import { createHookIndex, type Hook, type HookIndex } from './hook-index.ts';
import { readBody } from './read-body.ts';

export interface IngressOptions extends IntakeContext {
  log: Logger;
  /** Largest body taken, decoded. */
  maxBodyBytes: number;
  /** Reads what would hold the event loop up. */
  largeBodies?: LargeBodies;
  /** True while the process drains: new requests get 503. */
  isStopping(): boolean;
}

const RETRY_AFTER_S = { SYSTEM_STOPPING: 1, SYSTEM_BUS_UNAVAILABLE: 2, SYSTEM_BUS_FULL: 30 } as const;

/** The hooks, to be mounted at `/hooks` before any body parser: `ANY /{env}/{path…}`. */
export function createIngress(options: IngressOptions): Router {
  const index = createHookIndex(options.bus, options.log);
  const router = Router();
  router.all('/:env/*path', (request, response, next) => {
    measure(options.metrics, request, response);
    take(options, index, request, response).catch(next);
  });
  router.use((request: Request, _response: Response, next: NextFunction) =>
    next(new FlowError('API_NOT_FOUND', { details: { what: 'hook', id: request.path.slice(1) } })),
  );
  router.use((error: unknown, request: Request, response: Response, _next: NextFunction) =>
    refuse(options.log, error, request, response),
  );
  return router;
}

async function take(options: IngressOptions, index: HookIndex, request: Request, response: Response): Promise<void> {
  if (options.isStopping()) throw new FlowError('SYSTEM_STOPPING');
  const { env, path } = request.params as unknown as { env: string; path: string[] };
  const hook = await index.find(env, path.join('/'), request.method);
  response.locals.hook = hook;
  if (hasBody(request)) checkContentType(request.headers['content-type'], hook.contentTypes);
  const receivedAt = new Date().toISOString();
  const bytes = await readBody(request, options.maxBodyBytes);
  const search = /\?(.*)$/s.exec(request.url)?.[1] ?? '';
  const acceptance = await acceptTrigger(options, hook.trigger, {
    receivedAt,
    headers: storedHeaders(request.headers, search === '' ? {} : { [QUERY_HEADER]: search }),
    payload: toPayload({ bytes, contentType: contentTypeOf(request), query: new URLSearchParams(search) }, options),
    ...(hook.response === 'respond' ? { replyWithinMs: hook.respondTimeoutMs } : {}),
  });
  await answer(response, hook, acceptance, options.bus);
}

/** A method that says nothing about a body may carry a stray content type. */
function contentTypeOf(request: Request): string | undefined {
  return hasBody(request) || ['POST', 'PUT', 'PATCH'].includes(request.method)
    ? request.headers['content-type']
    : undefined;
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function refuse(log: Logger, thrown: unknown, request: Request, response: Response): void {
  const { error, executionId } =
    thrown instanceof ExecutionProblem ? thrown : { error: thrown, executionId: undefined };
  if (response.headersSent || request.socket.destroyed) {
    response.destroy();
    return;
  }
  const problem = problemOf(error, request.originalUrl.split('?', 1)[0] ?? '');
  if (problem.status >= 500) log.warn({ err: error, code: problem.code, executionId }, 'a hook was not served');
  if (isFlowError(error) && error.code in RETRY_AFTER_S)
    response.set('Retry-After', String(RETRY_AFTER_S[error.code as keyof typeof RETRY_AFTER_S]));
  // What is still being sent of a body that nobody wants must not hold the connection.
  if (!request.complete) request.resume();
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(executionId === undefined ? problem : { ...problem, executionId }));
}

/** Unknown addresses count as one: a label made of what callers send would grow without end. */
function measure(metrics: Metrics, _request: Request, response: Response): void {
  const start = performance.now();
  response.once('close', () => {
    const env = (response.locals.hook as Hook | undefined)?.trigger.env ?? 'unknown';
    metrics.count('crossdock_hook_requests_total', { env, status: response.statusCode });
    metrics.observe('crossdock_hook_seconds', (performance.now() - start) / 1000, { env });
  });
}
