import { describe, expect, it } from 'vitest';
import { isAllowed, type Permission, ROLES, type Route } from './route.ts';
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

  it('are public only where there is nobody to sign in yet', () => {
    const open = all.filter(([, route]) => route.permission === 'public').map(([name]) => name);
    expect(open.toSorted()).toEqual(['health', 'metrics', 'ready', 'signIn']);
  });
});

describe('isAllowed', () => {
  it('lets a viewer read, not write, deploy or see payloads', () => {
    const denied: Permission[] = ['flows:write', 'flows:deploy', 'payloads:read', 'people:manage'];
    expect(isAllowed('viewer', 'flows:read')).toBe(true);
    for (const permission of denied) expect(isAllowed('viewer', permission), permission).toBe(false);
  });

  it('lets support repair with the same keys, and only who deploys do effects a second time', () => {
    const repairs: Permission[] = ['executions:replay', 'executions:cancel', 'executions:resolve'];
    for (const permission of repairs) {
      expect(isAllowed('support', permission), permission).toBe(true);
      expect(isAllowed('viewer', permission), permission).toBe(false);
    }
    expect(isAllowed('analyst', 'executions:resolve')).toBe(false);
    for (const role of ROLES)
      expect(isAllowed(role, 'executions:replay-new-keys')).toBe(role === 'deployer' || role === 'admin');
  });

  it('keeps masked values and people to admins', () => {
    for (const role of ROLES.filter((one) => one !== 'admin')) {
      expect(isAllowed(role, 'payloads:reveal')).toBe(false);
      expect(isAllowed(role, 'people:manage')).toBe(false);
    }
  });
});
