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
  | 'executions:replay'
  /** A replay that may do effects a second time. */
  | 'executions:replay-new-keys'
  | 'executions:cancel'
  | 'executions:resolve'
  | 'events:write'
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

const READS = ['flows:read', 'executions:read'] as const;
const SUPPORTS = [
  ...READS,
  'payloads:read',
  'executions:replay',
  'executions:cancel',
  'executions:resolve',
] as const satisfies Permission[];
const DEPLOYS = [
  ...SUPPORTS,
  'flows:write',
  'flows:deploy',
  'environments:write',
  'executions:replay-new-keys',
  'events:write',
] as const satisfies Permission[];

const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: READS,
  support: SUPPORTS,
  analyst: [...READS, 'flows:write', 'payloads:read', 'executions:replay', 'executions:cancel'],
  deployer: DEPLOYS,
  admin: [...DEPLOYS, 'payloads:reveal', 'people:manage', 'keys:manage'],
};

export const ROLES = Object.keys(ROLE_PERMISSIONS) as Role[];

/** What a role may do, beyond what is open to everybody. */
export function permissionsOf(role: Role): readonly Permission[] {
  return ROLE_PERMISSIONS[role];
}

/** The one authorisation function: deny unless the role, if any, holds the permission. */
export function isAllowed(role: Role | undefined, permission: Permission): boolean {
  if (permission === 'public') return true;
  if (role === undefined) return false;
  return permission === 'signed-in' || ROLE_PERMISSIONS[role].includes(permission);
}
