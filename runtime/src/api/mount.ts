import { isAllowed, isAllowedSomewhere, type Route, type RouteId, routes } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Auth, Caller } from '../auth/index.ts';
import { problemOf } from '../http/index.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Database } from '../store/index.ts';
import type { Call, Handler } from './call.ts';
import { callAuditOf } from './call-audit.ts';
import { createInputCheck } from './check-input.ts';

/** Routes of the contract that the process itself answers. */
export type ProcessRouteId = 'health' | 'ready' | 'metrics';
export type ApiRouteId = Exclude<RouteId, ProcessRouteId>;
/** A handler for every route of the contract: one that is missing or answers something else does not compile. */
export type Handlers = { readonly [Id in ApiRouteId]: Handler<(typeof routes)[Id]> };

export interface MountOptions {
  auth: Auth;
  db: Database;
  log: Logger;
  metrics?: Metrics | undefined;
  maxBodyBytes: number;
  /** Aborts when the process stops. */
  stopping: AbortSignal;
}

const PREFIX = '/api/v1';

/** Serves the handlers: each behind the permission its route names, with its input checked, its errors as problem details. */
export function mountRoutes(handlers: Handlers, options: MountOptions): Router {
  const router = express.Router({ caseSensitive: true });
  const readBytes = express.raw({ type: () => true, limit: options.maxBodyBytes });
  for (const id of Object.keys(handlers) as ApiRouteId[]) {
    const route: Route = routes[id];
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
    const serve = serveRoute(route, handlers[id] as unknown as Handler<Route>, readBytes, options);
    router[method](route.path, (request, response) => {
      serve(request, response).catch((error) => fail(error, request, response, options));
    });
  }
  // Whoever is not signed in learns nothing of what exists.
  router.use(PREFIX, (request, response) => {
    refuseUnknown(request, options).catch((error) => fail(error, request, response, options));
  });
  return router;
}

function serveRoute(
  route: Route,
  handler: Handler<Route>,
  readBytes: RequestHandler,
  { auth, db, metrics, stopping }: MountOptions,
) {
  const check = createInputCheck(route);
  return async (request: Request, response: Response): Promise<void> => {
    response.on('finish', () =>
      metrics?.count('crossdock_api_requests_total', { method: request.method, status: response.statusCode }),
    );
    response.setHeader('cache-control', 'no-store');
    const caller = await authorise(route, request, auth);
    const params = check.params(request);
    const query = check.query(request);
    const access = accessOf(route, caller, { params, query });
    const { body, text } = check.body(
      request,
      route.body ? await bytesOf(request, response, readBytes) : new Uint8Array(),
    );
    access.settle(body);
    const gone = new AbortController();
    response.on('close', () => gone.abort(new FlowError('RUN_CANCELLED')));
    const signal = AbortSignal.any([gone.signal, stopping]);
    const { allowIn } = access;
    const audit = callAuditOf(route, request, caller, db);
    const call = { params, query, body, text, caller, allowIn, audit, request, response, signal } as Call;
    const answer = await handler(call);
    access.assertAsked();
    if (answer === 'sent' || answer.status === 'sent') return;
    response.status(Number(answer.status));
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    if (answer.status === 204) response.end();
    else response.json(answer.body);
  };
}

/** Lets a request in to be read: who may do this nowhere is refused before anything of it is. */
async function authorise(route: Route, request: Request, auth: Auth): Promise<Caller | undefined> {
  if (route.permission === 'public') return undefined;
  const caller = await auth.authenticate(request);
  if (!caller) throw new FlowError('API_UNAUTHENTICATED');
  if (!isAllowedSomewhere(caller.role, route.permission)) throw forbidden(route);
  return caller;
}

interface Access {
  allowIn(env: string | undefined): void;
  /** Asks for the environment that the body names, where that is the one meant. */
  settle(body: unknown): void;
  /** Throws when the handler had to find its environment and never asked for it. */
  assertAsked(): void;
}

/** The one place where a request is allowed: denies what the route's permission does not allow in the environment it is about. */
function accessOf(route: Route, caller: Caller | undefined, input: Record<'params' | 'query', unknown>): Access {
  const { envFrom, permission } = route;
  let asked = false;
  const allowIn = (env: string | undefined): void => {
    asked = true;
    if (!isAllowed(caller?.role, permission, { env })) throw forbidden(route, env);
  };
  if (envFrom === undefined) allowIn(undefined);
  else if (envFrom === 'params' || envFrom === 'query') allowIn(envIn(input[envFrom]));
  return {
    allowIn,
    settle(body) {
      if (envFrom === 'body') allowIn(envIn(body));
    },
    assertAsked() {
      if (!asked) throw new Error(`the handler of ${route.id} did not ask for its environment`);
    },
  };
}

function envIn(part: unknown): string | undefined {
  return (part as { env?: string } | undefined)?.env;
}

function forbidden({ permission }: Route, env?: string): FlowError {
  return new FlowError('API_FORBIDDEN', {
    details: { permission: env === undefined ? permission : `${permission} in ${env}` },
  });
}

async function refuseUnknown(request: Request, { auth }: MountOptions): Promise<never> {
  if (!(await auth.authenticate(request))) throw new FlowError('API_UNAUTHENTICATED');
  throw new FlowError('API_NOT_FOUND', {
    details: { what: 'route', id: `${request.method} ${request.originalUrl.split('?')[0]}` },
  });
}

function bytesOf(request: Request, response: Response, readBytes: RequestHandler): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    readBytes(request, response, (error?: unknown) => {
      if (error) reject(error);
      else resolve(request.body instanceof Uint8Array ? request.body : new Uint8Array());
    });
  });
}

function fail(error: unknown, request: Request, response: Response, { log }: MountOptions): void {
  const problem = problemOf(error, request.originalUrl.split('?')[0] ?? '');
  if (problem.status >= 500)
    log.error({ err: error, method: request.method, path: problem.instance }, 'a request failed');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error instanceof FlowError && error.code === 'API_RATE_LIMITED')
    response.setHeader('retry-after', String(error.details.retryAfterS ?? 1));
  if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer');
  // What is left of a refused body is not read: the connection cannot be used again.
  if (!request.complete) response.setHeader('connection', 'close');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
