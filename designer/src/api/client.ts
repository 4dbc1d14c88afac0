import { type AnswerOf, type BodyOf, type ParamsOf, type QueryOf, type RouteId, routes } from '@crossdock/api-contract';
import { apiTexts } from '../texts/index.ts';
import { ApiError, readProblem } from './problem.ts';

type RouteOf<Id extends RouteId> = (typeof routes)[Id];
type Part<Name extends string, Value> = [Value] extends [undefined] ? unknown : { [K in Name]: Value };

/** What a route takes: path parameters, query, body, `If-Match`, and a signal that gives the request up. */
export type RequestOf<Id extends RouteId> = Part<'params', ParamsOf<RouteOf<Id>>> &
  Partial<Part<'query', QueryOf<RouteOf<Id>>> & Part<'body', BodyOf<RouteOf<Id>>>> & {
    etag?: string;
    signal?: AbortSignal;
  };

interface LooseRequest {
  params?: Record<string, string | number>;
  query?: Record<string, unknown>;
  body?: unknown;
  etag?: string;
  signal?: AbortSignal;
}

let onSignedOut: () => void = () => undefined;

/** Names what happens when an answer says that nobody is signed in (any more). */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/**
 * Calls one route of the contract and gives its success answer.
 * @throws ApiError with the problem's sentence and code, or status 0 when the runtime cannot be reached.
 */
export async function request<Id extends RouteId>(id: Id, input: RequestOf<Id>): Promise<AnswerOf<RouteOf<Id>>> {
  const response = await send(id, input as LooseRequest);
  if (response.status === 204) return null as AnswerOf<RouteOf<Id>>;
  return (await response.json()) as AnswerOf<RouteOf<Id>>;
}

/** As `request`, for answers whose very bytes matter, such as an exported file. */
export async function requestBytes<Id extends RouteId>(id: Id, input: RequestOf<Id>): Promise<Blob> {
  return (await send(id, input as LooseRequest)).blob();
}

async function send(id: RouteId, input: LooseRequest): Promise<Response> {
  const route = routes[id];
  const response = await fetch(addressOf(route.path, input), {
    method: route.method,
    headers: {
      accept: 'application/json',
      ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(input.etag === undefined ? {} : { 'if-match': input.etag }),
    },
    credentials: 'same-origin',
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    ...(input.signal === undefined ? {} : { signal: input.signal }),
  }).catch((cause: unknown) => {
    if (input.signal?.aborted) throw cause;
    throw new ApiError({ status: 0, code: apiTexts.unreachableCode, message: apiTexts.unreachable, cause });
  });
  if (response.ok) return response;
  const problem = await readProblem(response);
  if (problem.code === 'API_UNAUTHENTICATED') onSignedOut();
  throw problem;
}

/** Fills a route's path and query; exported for links that the browser itself follows. */
export function addressOf(path: string, input: Pick<LooseRequest, 'params' | 'query'>): string {
  const filled = path.replace(/:(\w+)/g, (_slot, name: string) => encodeURIComponent(String(input.params?.[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  return query.size === 0 ? filled : `${filled}?${query}`;
}
