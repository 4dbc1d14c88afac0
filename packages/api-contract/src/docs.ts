import { ACTIONS_BESIDE_ROUTES } from './audit-actions.ts';
import { environmentsOf, type NamedPermission, PERMISSIONS, ROLES, type Role } from './permissions.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';

const INTRO = `# Roles, keys and the audit

A person or an API key has one role. A role is a set of the permissions below; where a name of an environment stands, it holds in that
environment alone. Every route names the permission it asks for; nothing else decides. The page is written from
\`packages/api-contract/src/permissions.ts\` and the routes.

* **People** are invited: an admin gives e-mail and role and gets a one-time link (7 days; a reset: 24 hours), by which the person sets the own
  password. Disabling ends all sessions at once. There is always an admin who can sign in.
* **API keys** have a role within the rights of who makes them, may have an end (then \`401 API_KEY_EXPIRED\`), and show when they were last used.
* **The audit** has a row for every change: who, what, before, after, when, from which address and with which program. It is written in the
  transaction of the change where there is one. The database refuses to change or delete a row; they leave by age alone, by the retention of
  the audit, which opens that door for its own transaction (setting \`crossdock.audit_cutoff\`) and for older rows only. Secrets, payloads and what
  samples hold are never in it.
`;

/** The page `docs/roles.md`: who may do what, and what the audit calls it. */
export function rolesMarkdown(): string {
  const rows = (Object.keys(PERMISSIONS) as NamedPermission[]).map((permission) =>
    line([`\`${permission}\`<br>${PERMISSIONS[permission]}`, ...ROLES.map((role) => reachText(role, permission))]),
  );
  const actions = (Object.values(routes) as Route[])
    .flatMap((route) => (route.audit ? [{ ...route, audit: route.audit }] : []))
    .map(({ audit, method, path, permission }) => line([`\`${audit}\``, `\`${method} ${path}\``, `\`${permission}\``]));
  return [
    INTRO,
    '## Permissions\n',
    line(['Permission', ...ROLES]),
    `|---|${ROLES.map(() => ':-:|').join('')}`,
    ...rows,
    '\n## What the audit records\n',
    'Beside what these routes record:\n',
    ...Object.entries(ACTIONS_BESIDE_ROUTES).map(([action, meaning]) => `* \`${action}\`: ${meaning}`),
    '',
    '| Action | Route | Permission |',
    '|---|---|---|',
    ...actions.toSorted(),
    '',
  ].join('\n');
}

function reachText(role: Role, permission: NamedPermission): string {
  const environments = environmentsOf(role, permission);
  if (environments === undefined) return 'yes';
  return environments.length === 0 ? '' : environments.map((env) => `\`${env}\``).join(', ');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
