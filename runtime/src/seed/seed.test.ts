import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, type ApiServer, smallFlow, startApiServer } from '../api/api-server.testing.ts';
import { seedFirstStart } from './index.ts';
import { reconcileRegistry } from './reconcile-registry.ts';

describe('the first start', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
  });
  afterAll(() => server.stop());

  const kysely = () => server.db.kysely;
  const again = (change: object = {}) => seedFirstStart({ ...server.seed, ...change });
  const erpUrl = async () =>
    (await server.json<{ erpUrl?: string }>(200, 'GET', '/api/v1/environments/dev/variables')).erpUrl;
  const redo = (step: string) => kysely().deleteFrom('seed_steps').where('step', '=', step).execute();

  test('makes three environments, the drafts and a running demo', async () => {
    const { items } = await server.json<{ items: { name: string; tone: string }[] }>(
      200,
      'GET',
      '/api/v1/environments',
    );
    expect(items.map(({ name, tone }) => [name, tone])).toEqual([
      ['dev', 'neutral'],
      ['test', 'amber'],
      ['prod', 'red'],
    ]);
    const flow = await server.json<{ updatedBy: string }>(200, 'GET', '/api/v1/flows/shop-order-to-erp');
    expect(flow.updatedBy).toBe('Crossdock');
    await expect
      .poll(() => server.bus.registry.deployments().map(({ flowId }) => flowId))
      .toEqual(['shop-order-to-erp']);
    expect(await erpUrl()).toBe('http://127.0.0.1:1');
  });

  test('a later start makes nothing again', async () => {
    await server.json(204, 'DELETE', '/api/v1/flows/order-status-reply');
    expect(await again({ adminPassword: undefined })).toEqual({ email: ADMIN.email, isFirstStart: false });
    expect((await server.call('GET', '/api/v1/flows/order-status-reply')).status).toBe(404);
    expect(await kysely().selectFrom('deployments').select('status').execute()).toEqual([{ status: 'active' }]);
  });

  test('a start that was killed half way is finished by the next, with a password that works', async () => {
    for (const step of ['admin', 'flows', 'demo']) await redo(step);
    const { email, password, isFirstStart } = await again({ adminPassword: undefined });
    expect([email, isFirstStart]).toEqual([ADMIN.email, true]);
    const signIn = await server.call('POST', '/api/v1/session', { email, password }, { authorization: '' });
    expect(signIn.status).toBe(200);
    expect(await kysely().selectFrom('user').select('email').execute()).toHaveLength(1);
    expect(await kysely().selectFrom('api_keys').select('name').execute()).toHaveLength(1);
    expect(await kysely().selectFrom('deployments').select('status').execute()).toEqual([{ status: 'active' }]);
  });

  test('a password that is too short is refused by name', async () => {
    await redo('admin');
    await expect(again({ adminPassword: 'short' })).rejects.toThrow(/CROSSDOCK_ADMIN_PASSWORD/);
    await again();
  });

  test('the ERP address follows the sandbox until a person points it elsewhere', async () => {
    await again({ sandboxUrl: 'http://127.0.0.1:2' });
    expect(await erpUrl()).toBe('http://127.0.0.1:2');
    await server.json(200, 'PUT', '/api/v1/environments/dev/variables', { erpUrl: 'https://erp.test' });
    await again({ sandboxUrl: 'http://127.0.0.1:3' });
    expect(await erpUrl()).toBe('https://erp.test');
  });

  test('the connection to the ERP follows the sandbox until a person points it elsewhere or removes it', async () => {
    const erp = async () =>
      (
        await server.json<{ items: { id: string; settings: { baseUrl?: string } }[] }>(
          200,
          'GET',
          '/api/v1/connections?env=dev&name=erp',
        )
      ).items[0];
    await again({ sandboxUrl: 'http://127.0.0.1:5' });
    const found = await erp();
    expect(found?.settings.baseUrl).toBe('http://127.0.0.1:5');
    const path = `/api/v1/connections/${found?.id}`;
    await server.json(200, 'PUT', path, { settings: { baseUrl: 'https://erp.test' } });
    await again({ sandboxUrl: 'http://127.0.0.1:6' });
    expect((await erp())?.settings.baseUrl).toBe('https://erp.test');
    await server.json(409, 'DELETE', path);
    await kysely().deleteFrom('connections').execute();
    await again({ sandboxUrl: 'http://127.0.0.1:7' });
    expect(await erp()).toBeUndefined();
    expect(server.bus.registry.connections()).toEqual([]);
  });

  test('the bus gets back what SQL says is active, and loses what SQL does not know', async () => {
    const { registry } = server.bus;
    await registry.deactivate('dev', 'shop-order-to-erp');
    await registry.putRevision('stray', 1, smallFlow('stray') as never);
    await registry.activate({
      deploymentId: 'x',
      env: 'dev',
      flowId: 'stray',
      revision: 1,
      deployedAt: new Date().toISOString(),
    });
    const flows = () => registry.deployments().map(({ flowId }) => flowId);
    await expect.poll(flows).toEqual(['stray']);
    await reconcileRegistry(server.seed);
    await expect.poll(flows).toEqual(['shop-order-to-erp']);
  });
});
