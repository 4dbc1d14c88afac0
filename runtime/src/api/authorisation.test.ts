import { randomUUID } from 'node:crypto';
import { isAllowed, isAllowedSomewhere, ROLES, type Route, routes, WORKBENCH_ENV } from '@crossdock/api-contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, type ApiServer, startApiServer } from './api-server.testing.ts';

const OF_THE_PROCESS = ['health', 'ready', 'metrics'];
const served = (Object.values(routes) as Route[]).filter(({ id }) => !OF_THE_PROCESS.includes(id));
const pathOf = ({ path }: Route, env = 'x') =>
  path
    .replace(/:env/, env)
    .replace(/:revision/, '1')
    .replace(/:\w+/g, 'x');
const bodyOf = ({ body }: Route) => (body ? {} : undefined);

describe('who may do what', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
  });
  afterAll(() => server.stop());

  const signIn = (credentials: object, headers: Record<string, string> = {}) =>
    server.call('POST', '/api/v1/session', credentials, { authorization: '', ...headers });
  const cookieOf = async (): Promise<string> => {
    const answer = await signIn(ADMIN);
    expect(answer.status).toBe(200);
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  };

  test.each(served)('$method $path answers 401 without credentials unless it is public', async (route) => {
    const answer = await fetch(server.url + pathOf(route), {
      method: route.method,
      ...(route.body ? { body: '{}', headers: { 'content-type': 'application/json' } } : {}),
    });
    const problem = (await answer.json()) as { code: string };
    if (route.permission === 'public') expect(problem.code).not.toBe('API_UNAUTHENTICATED');
    else expect({ status: answer.status, code: problem.code }).toEqual({ status: 401, code: 'API_UNAUTHENTICATED' });
  });

  // A body that is sent is empty: who is let in is refused for that, with 400, and changes nothing.
  const callAs = (key: string, route: Route, env: string) =>
    server.call(route.method, pathOf(route, env), bodyOf(route), { authorization: `Bearer ${key}` });

  describe.each(ROLES)('a key of role %s', (role) => {
    let key: string;
    beforeAll(async () => {
      key = await server.keyOf(role);
    });

    test.each(served.filter(({ id }) => id !== 'stream'))(
      'gets 403 from $method $path where its rights end, and nowhere else',
      async (route) => {
        for (const env of route.envFrom === 'params' ? [WORKBENCH_ENV, 'prod'] : ['x']) {
          const answer = await callAs(key, route, env);
          const { permission, envFrom } = route;
          // What a body or a record is about is known once it is read: an empty one is refused before.
          const allowed =
            envFrom === 'body' || envFrom === 'found'
              ? isAllowedSomewhere(role, permission)
              : isAllowed(role, permission, { env });
          expect({ env, refused: answer.status === 403 }).toEqual({ env, refused: !allowed });
          expect(answer.status).not.toBe(401);
          await answer.body?.cancel();
        }
      },
    );
  });

  describe('where the environment is that of what is addressed', () => {
    const places = { [WORKBENCH_ENV]: randomUUID(), prod: randomUUID() };
    const jobs = { [WORKBENCH_ENV]: randomUUID(), prod: randomUUID() };
    beforeAll(async () => {
      const about = { flow_id: 'gone', revision: 1, status: 'succeeded', keys: '{}', attempts: 1, write: 1 };
      const now = new Date();
      for (const [env, execution_id] of Object.entries(places))
        await server.db.kysely
          .insertInto('executions')
          .values({ ...about, execution_id, env, started_at: now, ended_at: now, error: null } as never)
          .execute();
      for (const [env, job_id] of Object.entries(jobs))
        await server.db.kysely
          .insertInto('jobs')
          .values({
            ...({ job_id, env, status: 'done', request: '{"kind":"replay"}', total: 0, errors: '[]' } as const),
            ...{ started_at: now, started_by: 'test', owner: null, beat_at: now },
          } as never)
          .execute();
    });

    test.each(served.filter(({ envFrom, path }) => envFrom === 'found' && /:(executionId|jobId)/.test(path)))(
      '$method $path asks for that one',
      async (route) => {
        for (const role of ROLES) {
          const headers = { authorization: `Bearer ${await server.keyOf(role)}` };
          for (const env of [WORKBENCH_ENV, 'prod'] as const) {
            const path = route.path.replace(':executionId', places[env] ?? '').replace(':jobId', jobs[env] ?? '');
            const answer = await server.call(route.method, path, bodyOf(route), headers);
            const refused = !isAllowed(role, route.permission, { env });
            expect({ role, env, refused: answer.status === 403 }).toEqual({ role, env, refused });
            await answer.body?.cancel();
          }
        }
      },
    );

    test('replaying many asks for the environment of the filter, and without one for all', async () => {
      const headers = { authorization: `Bearer ${await server.keyOf('analyst')}` };
      const replay = async (filter: object) =>
        (await server.call('POST', '/api/v1/dead-letters/replay', { filter, dryRun: true }, headers)).status;
      expect(await replay({ env: WORKBENCH_ENV })).toBe(200);
      expect(await replay({ env: 'prod' })).toBe(403);
      expect(await replay({})).toBe(403);
    });
  });

  test('an address that does not exist tells strangers no more than any other', async () => {
    expect((await fetch(`${server.url}/api/v1/nothing`)).status).toBe(401);
    expect((await server.call('GET', '/api/v1/nothing')).status).toBe(404);
    expect((await fetch(`${server.url}/api/auth/sign-up/email`, { method: 'POST' })).status).toBe(404);
  });

  test('the session cookie is HttpOnly and SameSite, and ends with signing out', async () => {
    const answer = await signIn(ADMIN);
    const [setCookie = ''] = answer.headers.getSetCookie();
    expect(setCookie).toMatch(/HttpOnly/);
    expect(setCookie).toMatch(/SameSite=Lax/);
    const cookie = setCookie.split(';')[0] ?? '';
    expect(await server.json(200, 'GET', '/api/v1/me', undefined, { cookie })).toMatchObject({
      email: ADMIN.email,
      role: 'admin',
      via: 'session',
    });
    await server.json(204, 'DELETE', '/api/v1/session', undefined, { cookie, 'sec-fetch-site': 'same-origin' });
    expect((await server.call('GET', '/api/v1/me', undefined, { cookie })).status).toBe(401);
  });

  test('a change with a cookie is refused unless it comes from the same origin', async () => {
    const cookie = await cookieOf();
    const create = (headers: Record<string, string>) =>
      server.call(
        'POST',
        '/api/v1/environments',
        { name: `e${Math.floor(performance.now() * 1000)}` },
        { cookie, ...headers },
      );
    expect((await create({})).status).toBe(403);
    expect((await create({ origin: 'https://evil.test' })).status).toBe(403);
    expect((await create({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await create({ 'sec-fetch-site': 'same-site', origin: server.url })).status).toBe(403);
    expect((await create({ origin: server.url })).status).toBe(201);
    expect((await create({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    expect((await signIn(ADMIN, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  test('an unknown e-mail and a wrong password answer alike', async () => {
    const ask = async (email: string) => {
      const answer = await signIn({ email, password: 'not the right one' });
      return { status: answer.status, body: await answer.json() };
    };
    const unknown = await ask('nobody@example.test');
    expect(unknown).toEqual(await ask(ADMIN.email));
    expect(unknown.status).toBe(401);
    expect(await ask('no address at all')).toEqual(unknown);
  });

  test('guessing a password is slowed down, with Retry-After', async () => {
    let last: Response | undefined;
    for (let tries = 0; tries < 8 && last?.status !== 429; tries++)
      last = await signIn({ email: 'guessed@example.test', password: `guess number ${tries}` });
    expect(last?.status).toBe(429);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signIn(ADMIN)).status).toBe(200);
  });

  test('a revoked key stops working at once', async () => {
    const { key, keyId } = await server.json<{ key: string; keyId: string }>(201, 'POST', '/api/v1/api-keys', {
      name: 'short-lived',
      role: 'viewer',
    });
    const headers = { authorization: `Bearer ${key}` };
    expect(await server.json(200, 'GET', '/api/v1/me', undefined, headers)).toMatchObject({
      role: 'viewer',
      via: 'api-key',
    });
    await server.json(204, 'DELETE', `/api/v1/api-keys/${keyId}`);
    expect((await server.call('GET', '/api/v1/me', undefined, headers)).status).toBe(401);
    expect(JSON.stringify(await server.json(200, 'GET', '/api/v1/api-keys'))).not.toContain(key);
  });

  test('people are added, changed and removed, but never the last admin', async () => {
    const person = { email: 'Ada@Example.test', name: 'Ada', password: 'another long one', role: 'analyst' };
    const { userId } = await server.json<{ userId: string }>(201, 'POST', '/api/v1/users', person);
    expect((await server.call('POST', '/api/v1/users', person)).status).toBe(409);
    expect(
      (await server.call('POST', '/api/v1/users', { ...person, email: 'b@example.test', password: 'short' })).status,
    ).toBe(400);
    const session = await signIn({ email: 'ada@example.test', password: person.password });
    const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await server.json(200, 'PUT', `/api/v1/users/${userId}`, { password: 'a changed password' });
    expect((await server.call('GET', '/api/v1/me', undefined, { cookie })).status).toBe(401);
    expect((await signIn({ email: person.email, password: 'a changed password' })).status).toBe(200);
    const { items } = await server.json<{ items: { userId: string; email: string }[] }>(200, 'GET', '/api/v1/users');
    const admin = items.find(({ email }) => email === ADMIN.email)?.userId;
    const refused = await server.call('DELETE', `/api/v1/users/${admin}`);
    expect({ status: refused.status, code: ((await refused.json()) as { code: string }).code }).toEqual({
      status: 409,
      code: 'API_LAST_ADMIN',
    });
    expect((await server.call('PUT', `/api/v1/users/${admin}`, { role: 'viewer' })).status).toBe(409);
    await server.json(204, 'DELETE', `/api/v1/users/${userId}`);
    expect((await server.call('DELETE', `/api/v1/users/${userId}`)).status).toBe(404);
  });
});
