import { describe, expect, it } from 'vitest';
import {
  covers,
  environmentPermissionsOf,
  isAllowed,
  isAllowedSomewhere,
  type NamedPermission,
  PERMISSIONS,
  type Permission,
  permissionsOf,
  ROLES,
  WORKBENCH_ENV,
} from './permissions.ts';

const named = Object.keys(PERMISSIONS) as NamedPermission[];

describe('isAllowed', () => {
  it('lets an admin do everything and nobody unknown anything', () => {
    for (const permission of named) {
      expect(isAllowed('admin', permission), permission).toBe(true);
      expect(isAllowed(undefined, permission, { env: WORKBENCH_ENV }), permission).toBe(false);
    }
    expect(isAllowed(undefined, 'public')).toBe(true);
    expect(isAllowed(undefined, 'signed-in')).toBe(false);
    expect(isAllowed('viewer', 'signed-in')).toBe(true);
  });

  it('lets a viewer read, not write, deploy or see payloads', () => {
    const denied: Permission[] = ['flows:write', 'flows:deploy', 'payloads:read', 'payloads:reveal', 'people:manage'];
    expect(isAllowed('viewer', 'flows:read')).toBe(true);
    for (const permission of denied)
      for (const where of [{}, { env: 'dev' }, { env: 'prod' }])
        expect(isAllowed('viewer', permission, where), permission).toBe(false);
  });

  it('lets an analyst draw everywhere, and deploy to the workbench environment only', () => {
    expect(isAllowed('analyst', 'flows:write')).toBe(true);
    expect(isAllowed('analyst', 'flows:deploy', { env: WORKBENCH_ENV })).toBe(true);
    for (const env of ['test', 'prod', '', undefined])
      expect(isAllowed('analyst', 'flows:deploy', { env }), env).toBe(false);
    expect(isAllowedSomewhere('analyst', 'flows:deploy')).toBe(true);
    expect(environmentPermissionsOf('analyst')[WORKBENCH_ENV]).toContain('flows:deploy');
    expect(permissionsOf('analyst')).not.toContain('flows:deploy');
  });

  it('lets an operator deploy anywhere', () => {
    for (const env of ['dev', 'test', 'prod', undefined])
      expect(isAllowed('operator', 'flows:deploy', { env }), env).toBe(true);
  });

  it('lets support repair with the same keys, and only who deploys do effects a second time', () => {
    const repairs: Permission[] = ['executions:replay', 'executions:cancel', 'executions:resolve'];
    for (const permission of repairs) {
      expect(isAllowed('support', permission), permission).toBe(true);
      expect(isAllowed('viewer', permission), permission).toBe(false);
    }
    expect(isAllowedSomewhere('analyst', 'executions:resolve')).toBe(false);
    for (const role of ROLES)
      expect(isAllowedSomewhere(role, 'executions:replay-new-keys')).toBe(role === 'operator' || role === 'admin');
  });

  it('keeps masked values from viewers and analysts, and people, keys and the audit to admins', () => {
    for (const role of ['viewer', 'analyst'] as const) expect(isAllowedSomewhere(role, 'payloads:reveal')).toBe(false);
    for (const role of ROLES.filter((one) => one !== 'admin'))
      for (const permission of ['people:manage', 'keys:manage', 'audit:read'] as const)
        expect(isAllowedSomewhere(role, permission)).toBe(false);
  });
});

describe('covers', () => {
  it('says whether a role has all that another has', () => {
    for (const role of ROLES) {
      expect(covers(role, role)).toBe(true);
      expect(covers('admin', role)).toBe(true);
      expect(covers(role, 'admin')).toBe(role === 'admin');
    }
    expect(covers('operator', 'analyst')).toBe(true);
    expect(covers('analyst', 'operator')).toBe(false);
    expect(covers('analyst', 'support')).toBe(false);
    expect(covers('support', 'analyst')).toBe(false);
  });
});
