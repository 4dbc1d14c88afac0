import type { Static, TSchema } from 'typebox';
import type { Permission } from './permissions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * Where a route's environment comes from: the parameter `env` of its path, query or body; or `found`, when the handler has to look up
 * what is addressed and then asks `call.allowIn(env)`.
 */
export type EnvSource = 'params' | 'query' | 'body' | 'found';

/** What a change is called in the audit: the kind of thing, and what was done to it. */
export type AuditAction = `${string}.${string}`;

/** One route of the HTTP API: server check, audit, designer client and OpenAPI are all made from it. */
export type Route = RouteFacts & (ReadingRoute | ChangingRoute);

interface ReadingRoute {
  readonly method: 'GET';
  /** For the few readings that are recorded, such as that of masked values. */
  readonly audit?: AuditAction;
}

interface ChangingRoute {
  readonly method: Exclude<Method, 'GET'>;
  /** How the audit calls what it does: its handler cannot answer without a row. `null` for what changes nothing but one's own view, such as a check. */
  readonly audit: AuditAction | null;
}

interface RouteFacts {
  readonly id: string;
  /** Express 5 form: `/api/v1/flows/:flowId`. */
  readonly path: string;
  readonly permission: Permission;
  /** Which environment the permission is asked for; needed where some role holds it in some environments only. */
  readonly envFrom?: EnvSource;
  readonly summary: string;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** Request headers the route needs, lower case. */
  readonly headers?: readonly string[];
  /** Success answers by status. */
  readonly responses: Readonly<Record<number, TSchema>>;
  /** `text/event-stream` and the like; default `application/json`. */
  readonly produces?: string;
}

export const defineRoute = <const R extends Route>(route: R): R => route;

type StaticOf<S> = S extends TSchema ? Static<S> : undefined;
export type ParamsOf<R extends Route> = StaticOf<R['params']>;
export type QueryOf<R extends Route> = StaticOf<R['query']>;
export type BodyOf<R extends Route> = StaticOf<R['body']>;
/** Union of the route's success answers. */
export type AnswerOf<R extends Route> = {
  [S in keyof R['responses']]: StaticOf<R['responses'][S]>;
}[keyof R['responses']];
