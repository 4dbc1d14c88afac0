import { describe, expect, it } from 'vitest';
import { isAllowed, isPerEnvironment } from './permissions.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';

const all = Object.entries(routes) as [string, Route][];

describe('routes', () => {
  it('are each named by their own id', () => {
    for (const [name, route] of all) expect(route.id).toBe(name);
    expect(new Set(all.map(([, route]) => route.id)).size).toBe(all.length);
  });

  it('have one method and path each', () => {
    expect(new Set(all.map(([, route]) => `${route.method} ${route.path}`)).size).toBe(all.length);
  });

  it.each(all)('%s declares exactly the parameters of its path', (_name, route) => {
    const slots = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
    const declared = Object.keys((route.params as { properties?: object } | undefined)?.properties ?? {});
    expect(declared).toEqual(slots);
  });

  it.each(all)('%s answers with a success status and takes no body with GET or DELETE', (_name, route) => {
    for (const status of Object.keys(route.responses)) expect(status).toMatch(/^2\d\d$/);
    if (route.method === 'GET' || route.method === 'DELETE') expect(route.body).toBeUndefined();
  });

  it.each(all)('%s is open to an admin, and to nobody unknown unless it is public', (_name, route) => {
    expect(isAllowed('admin', route.permission)).toBe(true);
    expect(isAllowed(undefined, route.permission)).toBe(route.permission === 'public');
  });

  it.each(all)('%s says which environment it is about where its permission differs between them', (_name, route) => {
    const { permission, envFrom } = route;
    if (isPerEnvironment(permission)) expect(envFrom).toBeDefined();
    if (envFrom === undefined || envFrom === 'found') return;
    expect(Object.keys((route[envFrom] as { properties?: object } | undefined)?.properties ?? {})).toContain('env');
  });

  it('are public only where there is nobody to sign in yet', () => {
    const open = all.filter(([, route]) => route.permission === 'public').map(([name]) => name);
    expect(open.toSorted()).toEqual(['health', 'metrics', 'readPasswordLink', 'ready', 'signIn', 'usePasswordLink']);
  });
});
