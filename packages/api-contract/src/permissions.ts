/** Every right that a role may have, with what it lets one do. */
export const PERMISSIONS = {
  'flows:read': 'See flows, their revisions and what is deployed',
  'flows:write': 'Draw, test and publish flows',
  'flows:deploy': 'Deploy and undeploy',
  'environments:write': 'Add and change environments',
  'variables:write': 'Change variables',
  'retention:write': 'Say how long records are kept',
  'connections:read': 'See connections, never their credentials',
  'connections:write': 'Change connections and their credentials',
  'connections:check': 'Try whether a connection works',
  'executions:read': 'See executions and their errors, and orders',
  'executions:replay': 'Run an execution again',
  'executions:replay-new-keys': 'Run an execution again so that its effects may happen a second time',
  'executions:cancel': 'Stop an execution',
  'executions:resolve': 'Say how a call in doubt ended',
  'orders:settle': 'Settle, assign and comment on exceptions of orders, and release their holds',
  'order-rules:write': 'Say when an order needs a person',
  'events:write': 'Give events that flows wait for',
  'references:write': 'Link and unlink the ids of systems',
  'statuses:write': 'Say what the statuses of systems mean',
  'subscriptions:write': 'Say who gets the events of orders',
  'payloads:read': 'See payloads, with masked values hidden',
  'payloads:reveal': 'See masked values, with a reason',
  'health:read': 'See health and alarms',
  'alarms:write': 'Change alarm rules and where alarms go',
  'people:manage': 'Invite people and change their roles',
  'keys:manage': 'Make and revoke API keys',
  'audit:read': 'See who changed what',
} as const satisfies Record<string, string>;

export type NamedPermission = keyof typeof PERMISSIONS;

/** What a route asks for. `public` needs no sign-in; `signed-in` any person or key. */
export type Permission = 'public' | 'signed-in' | NamedPermission;

export const ROLES = ['viewer', 'support', 'analyst', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Where those who draw try out what they drew: the one environment that an analyst changes. */
export const WORKBENCH_ENV = 'dev';

/** Where a role holds a permission. */
type Reach = 'everywhere' | readonly string[];
type Grants = Readonly<Partial<Record<NamedPermission, Reach>>>;

const grant = (reach: Reach, permissions: readonly NamedPermission[]): Grants =>
  Object.fromEntries(permissions.map((permission) => [permission, reach]));

const VIEWER = grant('everywhere', ['flows:read', 'executions:read', 'connections:read', 'health:read']);

const SUPPORT = {
  ...VIEWER,
  ...grant('everywhere', [
    'payloads:read',
    'payloads:reveal',
    'executions:replay',
    'executions:cancel',
    'executions:resolve',
    'orders:settle',
    'references:write',
    'connections:check',
  ]),
};

const ANALYST = {
  ...VIEWER,
  ...grant('everywhere', ['flows:write', 'payloads:read']),
  ...grant(
    [WORKBENCH_ENV],
    [
      'flows:deploy',
      'variables:write',
      'connections:write',
      'connections:check',
      'executions:replay',
      'executions:cancel',
      'orders:settle',
      'order-rules:write',
      'events:write',
      'references:write',
      'statuses:write',
      'subscriptions:write',
    ],
  ),
};

const OPERATOR = {
  ...SUPPORT,
  ...grant('everywhere', [
    'flows:write',
    'flows:deploy',
    'environments:write',
    'variables:write',
    'retention:write',
    'connections:write',
    'executions:replay-new-keys',
    'order-rules:write',
    'events:write',
    'statuses:write',
    'subscriptions:write',
    'alarms:write',
  ]),
};

const GRANTS: Readonly<Record<Role, Grants>> = {
  viewer: VIEWER,
  support: SUPPORT,
  analyst: ANALYST,
  operator: OPERATOR,
  admin: grant('everywhere', Object.keys(PERMISSIONS) as NamedPermission[]),
};

/**
 * The one authorisation function: denies unless the role, if any, holds the permission there. A permission that the role holds in some
 * environments only is denied when no environment is named.
 */
export function isAllowed(
  role: Role | undefined,
  permission: Permission,
  where: { env?: string | undefined } = {},
): boolean {
  const reach = reachOf(role, permission);
  if (reach === undefined || reach === 'everywhere') return reach !== undefined;
  return where.env !== undefined && reach.includes(where.env);
}

/** Whether there is any environment in which the role holds the permission. */
export function isAllowedSomewhere(role: Role | undefined, permission: Permission): boolean {
  return reachOf(role, permission) !== undefined;
}

/** The environments in which a role holds a permission, none where it does not hold it; undefined where it holds it everywhere. */
export function environmentsOf(role: Role, permission: NamedPermission): readonly string[] | undefined {
  const reach = GRANTS[role][permission] ?? [];
  return reach === 'everywhere' ? undefined : reach;
}

/** What a role may do everywhere, beyond what is open to everybody. */
export function permissionsOf(role: Role): readonly NamedPermission[] {
  return named().filter((permission) => GRANTS[role][permission] === 'everywhere');
}

/** What a role may do in some environments only, by environment. */
export function environmentPermissionsOf(role: Role): Record<string, NamedPermission[]> {
  const byEnv: Record<string, NamedPermission[]> = {};
  for (const permission of named())
    for (const env of environmentsOf(role, permission) ?? []) byEnv[env] = [...(byEnv[env] ?? []), permission];
  return byEnv;
}

/** Whether some role holds this permission in some environments only: its routes have to say which one they are about. */
export function isPerEnvironment(permission: Permission): boolean {
  return ROLES.some((role) => Array.isArray(reachOf(role, permission)));
}

/** Whether `role` may do all that `other` may: who makes a key or invites someone gives no more than they have. */
export function covers(role: Role, other: Role): boolean {
  return named().every((permission) => {
    const wanted = GRANTS[other][permission];
    const held = GRANTS[role][permission];
    if (wanted === undefined || held === 'everywhere') return true;
    return wanted !== 'everywhere' && wanted.every((env) => held?.includes(env));
  });
}

function reachOf(role: Role | undefined, permission: Permission): Reach | undefined {
  if (permission === 'public') return 'everywhere';
  if (role === undefined) return undefined;
  return permission === 'signed-in' ? 'everywhere' : GRANTS[role][permission];
}

function named(): NamedPermission[] {
  return Object.keys(PERMISSIONS) as NamedPermission[];
}
