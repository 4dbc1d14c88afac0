import type { Static, TSchema } from 'typebox';

/** A right that a role has or has not. `public` needs no sign-in; `signed-in` any person or key. */
export type Permission =
  | 'public'
  | 'signed-in'
  | 'flows:read'
  | 'flows:write'
  | 'flows:deploy'
  | 'environments:write'
  | 'executions:read'
  | 'payloads:read'
  | 'payloads:reveal'
  | 'people:manage'
  | 'keys:manage';

export type Role = 'viewer' | 'support' | 'analyst' | 'deployer' | 'admin';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One route of the HTTP API: server check, designer client and OpenAPI are all made from it. */
export interface Route {
  readonly id: string;
  readonly method: Method;
  /** Express 5 form: `/api/v1/flows/:flowId`. */
  readonly path: string;
  readonly permission: Permission;
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

const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['flows:read', 'executions:read'],
  support: ['flows:read', 'executions:read', 'payloads:read'],
  analyst: ['flows:read', 'flows:write', 'executions:read', 'payloads:read'],
  deployer: ['flows:read', 'flows:write', 'flows:deploy', 'environments:write', 'executions:read', 'payloads:read'],
  admin: [
    'flows:read',
    'flows:write',
    'flows:deploy',
    'environments:write',
    'executions:read',
    'payloads:read',
    'payloads:reveal',
    'people:manage',
    'keys:manage',
  ],
};

export const ROLES = Object.keys(ROLE_PERMISSIONS) as Role[];

/** The one authorisation function: deny unless the role, if any, holds the permission. */
export function isAllowed(role: Role | undefined, permission: Permission): boolean {
  if (permission === 'public') return true;
  if (role === undefined) return false;
  return permission === 'signed-in' || ROLE_PERMISSIONS[role].includes(permission);
}
