import {
  type AnswerOf,
  ApiProblem,
  type BodyOf,
  type ClientFetch,
  createClient,
  type ParamsOf,
  pathOf,
  problemFrom,
  type QueryOf,
  type RouteId,
  routes,
} from '@crossdock/api-contract';
import { apiTexts } from '../texts/index.ts';
import { ApiError } from './problem.ts';

type RouteOf<Id extends RouteId> = (typeof routes)[Id];
type Part<Name extends string, Value> = [Value] extends [undefined] ? unknown : { [K in Name]: Value };

/** What a route takes: path parameters, query, body, the etag for `If-Match`, and a signal that gives the request up. */
export type RequestOf<Id extends RouteId> = Part<'params', ParamsOf<RouteOf<Id>>> &
  Partial<Part<'query', QueryOf<RouteOf<Id>>> & Part<'body', BodyOf<RouteOf<Id>>>> & {
    etag?: string;
    signal?: AbortSignal;
  };

const client = createClient({ fetch: globalThis.fetch.bind(globalThis) as ClientFetch });
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
  const { etag, ...call } = input as { etag?: string; signal?: AbortSignal };
  const method = client[id as keyof typeof client] as (call: object) => Promise<AnswerOf<RouteOf<Id>>>;
  try {
    return await method(etag === undefined ? call : { ...call, headers: { 'if-match': etag } });
  } catch (thrown) {
    throw refusalOf(thrown, call.signal);
  }
}

/** The draft of a flow as the very bytes of its `flow.json`. */
export async function requestFlowFile(flowId: string): Promise<Blob> {
  const path = pathOf(routes.exportFlow, { flowId });
  try {
    const response = await fetch(path);
    if (response.ok) return await response.blob();
    throw problemFrom(response.status, await response.text(), path);
  } catch (thrown) {
    throw refusalOf(thrown);
  }
}

function refusalOf(thrown: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted) return thrown;
  if (!(thrown instanceof ApiProblem))
    return new ApiError({ status: 0, code: apiTexts.unreachableCode, message: apiTexts.unreachable, cause: thrown });
  if (thrown.code === 'API_UNAUTHENTICATED') onSignedOut();
  const { status, code, detail, issues } = thrown.problem;
  return new ApiError({ status, code, message: detail, issues: issues ?? [] });
}
