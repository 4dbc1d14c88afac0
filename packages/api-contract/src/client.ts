import { problemFrom } from './api-problem.ts';
import { type PathValues, pathOf } from './path-of.ts';
import type { AnswerOf, BodyOf, ParamsOf, QueryOf, Route } from './route.ts';
import { routes } from './routes.ts';

/** The part of `fetch` that the client uses. */
export type ClientFetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; signal?: AbortSignal },
) => Promise<{ readonly ok: boolean; readonly status: number; text(): Promise<string> }>;

export interface ClientOptions {
  /** Scheme and host, without a slash at the end; empty in the browser, for the same origin. */
  baseUrl?: string;
  /** Default: the global one. */
  fetch?: ClientFetch;
  /** Sent with every request, such as `authorization`. */
  headers?: Readonly<Record<string, string>>;
}

type HeadersOf<R extends Route> = R['headers'] extends readonly (infer Name extends string)[]
  ? { readonly [N in Name]: string }
  : undefined;

type Part<Name extends string, Value> = [Value] extends [undefined]
  ? { readonly [N in Name]?: undefined }
  : object extends Value
    ? { readonly [N in Name]?: Value }
    : { readonly [N in Name]: Value };

type BodyPart<R extends Route> = R['body'] extends { '~optional': true }
  ? { readonly body?: BodyOf<R> }
  : undefined extends R['body']
    ? { readonly body?: undefined }
    : { readonly body: BodyOf<R> };

/** What a call of this route needs. */
export type CallOf<R extends Route> = Part<'params', ParamsOf<R>> &
  Part<'query', QueryOf<R>> &
  Part<'headers', HeadersOf<R>> &
  BodyPart<R> & { readonly signal?: AbortSignal };

/** Answers of a route as the client gives them: 204 is `undefined`. */
type Given<Answer> = Answer extends null ? undefined : Answer;

type ClientMethod<R extends Route> =
  object extends CallOf<R>
    ? (call?: CallOf<R>) => Promise<Given<AnswerOf<R>>>
    : (call: CallOf<R>) => Promise<Given<AnswerOf<R>>>;

type Routes = typeof routes;

/** One method for each route that answers JSON. For the others (`stream`, `metrics`) take `pathOf`. */
export type Client = {
  readonly [Id in keyof Routes as Routes[Id] extends { produces: string } ? never : Id]: ClientMethod<Routes[Id]>;
};

interface AnyCall {
  readonly params?: PathValues;
  readonly query?: PathValues;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/**
 * A client of the HTTP API, typed from the routes. A method resolves with the answer's body and rejects with an `ApiProblem` when the API
 * answers with an error, or with what `fetch` throws when it gives no answer.
 */
export function createClient(options: ClientOptions = {}): Client {
  const methods = Object.values(routes)
    .filter((route) => !('produces' in route))
    .map((route) => [route.id, (call: AnyCall = {}) => send(route, call, options)] as const);
  return Object.fromEntries(methods) as unknown as Client;
}

async function send(route: Route, call: AnyCall, options: ClientOptions): Promise<unknown> {
  const { baseUrl = '', fetch = globalThis.fetch as ClientFetch, headers = {} } = options;
  const path = pathOf(route, call.params, call.query);
  const hasBody = call.body !== undefined;
  const answer = await fetch(baseUrl + path, {
    method: route.method,
    headers: {
      accept: 'application/json',
      ...headers,
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...call.headers,
    },
    ...(hasBody ? { body: JSON.stringify(call.body) } : {}),
    ...(call.signal ? { signal: call.signal } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw problemFrom(answer.status, text, path);
  return text === '' ? undefined : JSON.parse(text);
}
