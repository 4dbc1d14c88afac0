import type { ApiKey, PasswordLink, Session, User } from '@crossdock/api-contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, type ApiServer, startApiServer } from './api-server.testing.ts';

const PASSWORD = 'a password of one’s own';
const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };

describe('accounts', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
  });
  afterAll(() => server.stop());

  const open = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    server.call(method, path, body, { authorization: '', ...headers });
  const codeOf = async (answer: Response) => {
    const { code } = (await answer.json()) as { code: string };
    return { status: answer.status, code };
  };
  const signIn = (email: string, password: string, userAgent = 'Test') =>
    open('POST', '/api/v1/session', { email, password }, { 'user-agent': userAgent });
  const cookieOf = async (email: string, password: string, userAgent?: string) => {
    const answer = await signIn(email, password, userAgent);
    expect(answer.status).toBe(200);
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return { cookie, ...SAME_ORIGIN };
  };
  const invite = (email: string, role = 'viewer') =>
    server.json<PasswordLink>(201, 'POST', '/api/v1/users/invite', { email, name: 'Someone', role });
  const tokenOf = ({ path }: PasswordLink) => path.split('#')[1] ?? '';
  const setPassword = (link: PasswordLink, password = PASSWORD) =>
    open('POST', '/api/v1/password-links/use', { token: tokenOf(link), password });
  const personOf = async (userId: string) => {
    const { items } = await server.json<{ items: User[] }>(200, 'GET', '/api/v1/users');
    return items.find((user) => user.userId === userId);
  };

  test('who is invited sets the own password by a link that works once', async () => {
    const link = await invite('Ivy@Example.test');
    expect(link.user).toMatchObject({ email: 'ivy@example.test', role: 'viewer', status: 'pending' });
    expect(link.url).toBe(`${server.url}${link.path}`);
    expect((await signIn('ivy@example.test', PASSWORD)).status).toBe(401);
    const owner = await open('POST', '/api/v1/password-links/read', { token: tokenOf(link) });
    expect(await owner.json()).toMatchObject({ email: 'ivy@example.test', purpose: 'invite' });
    const short = await setPassword(link, 'short');
    expect(await codeOf(short)).toEqual({ status: 400, code: 'API_BAD_REQUEST' });
    const [first, second] = await Promise.all([setPassword(link), setPassword(link)]);
    expect([first.status, second.status].sort()).toEqual([204, 410]);
    expect(await codeOf(await setPassword(link, 'another password'))).toEqual({
      status: 410,
      code: 'API_LINK_INVALID',
    });
    expect((await signIn('ivy@example.test', PASSWORD)).status).toBe(200);
    expect(await personOf(link.user.userId)).toMatchObject({ status: 'active' });
    const stored = JSON.stringify(await server.db.kysely.selectFrom('password_links').selectAll().execute());
    expect(stored).not.toContain(tokenOf(link));
  });

  test('a link stands at the address that people have, behind a proxy too', async () => {
    const body = { email: 'far@example.test', name: 'Far', role: 'viewer' };
    const behind = { 'x-forwarded-proto': 'https' };
    const { path, url } = await server.json<PasswordLink>(201, 'POST', '/api/v1/users/invite', body, behind);
    expect(url).toBe(`${server.url.replace('http:', 'https:')}${path}`);
  });

  test('a link that is out of date, replaced or made up is refused', async () => {
    const old = await invite('old@example.test');
    const { userId } = old.user;
    const next = await server.json<PasswordLink>(201, 'POST', `/api/v1/users/${userId}/reset`);
    expect((await setPassword(old)).status).toBe(410);
    const past = new Date(Date.now() - 1000);
    await server.db.kysely
      .updateTable('password_links')
      .set({ expires_at: past })
      .where('user_id', '=', userId)
      .execute();
    expect((await setPassword(next)).status).toBe(410);
    expect((await setPassword({ ...next, path: '/password#aaaaaaaaaaaaaaaaaaaaaaaaaaaa' })).status).toBe(410);
  });

  test('disabling ends sessions and refuses sign-in at once; enabling takes it back', async () => {
    const link = await invite('dan@example.test');
    const { userId } = link.user;
    await setPassword(link);
    const session = await cookieOf('dan@example.test', PASSWORD);
    await server.json(200, 'GET', '/api/v1/me', undefined, session);
    expect(await server.json(200, 'POST', `/api/v1/users/${userId}/disable`)).toMatchObject({ status: 'disabled' });
    expect((await server.call('GET', '/api/v1/me', undefined, session)).status).toBe(401);
    expect(await codeOf(await signIn('dan@example.test', PASSWORD))).toEqual({
      status: 403,
      code: 'API_ACCOUNT_DISABLED',
    });
    // Who does not know the password learns nothing of it.
    expect(await codeOf(await signIn('dan@example.test', 'not the right one'))).toMatchObject({ status: 401 });
    expect((await server.db.kysely.selectFrom('session').where('userId', '=', userId).execute()).length).toBe(0);
    await server.json(200, 'POST', `/api/v1/users/${userId}/enable`);
    expect((await signIn('dan@example.test', PASSWORD)).status).toBe(200);
  });

  test('a reset takes the password away and ends the sessions', async () => {
    const link = await invite('rob@example.test');
    await setPassword(link);
    const session = await cookieOf('rob@example.test', PASSWORD);
    const next = await server.json<PasswordLink>(201, 'POST', `/api/v1/users/${link.user.userId}/reset`);
    expect((await server.call('GET', '/api/v1/me', undefined, session)).status).toBe(401);
    expect((await signIn('rob@example.test', PASSWORD)).status).toBe(401);
    expect((await setPassword(next, 'the next password')).status).toBe(204);
    expect((await signIn('rob@example.test', 'the next password')).status).toBe(200);
  });

  test('the last admin who can sign in is neither disabled, demoted nor removed', async () => {
    const { items } = await server.json<{ items: User[] }>(200, 'GET', '/api/v1/users');
    const admin = items.find(({ email }) => email === ADMIN.email)?.userId;
    const other = await invite('admin2@example.test', 'admin');
    await server.json(200, 'POST', `/api/v1/users/${other.user.userId}/disable`);
    for (const [method, path, body] of [
      ['POST', `/api/v1/users/${admin}/disable`, undefined],
      ['DELETE', `/api/v1/users/${admin}`, undefined],
      ['PUT', `/api/v1/users/${admin}`, { role: 'viewer' }],
    ] as const)
      expect(await codeOf(await server.call(method, path, body))).toEqual({ status: 409, code: 'API_LAST_ADMIN' });
  });

  test('people change their own name and password, and end their own sessions', async () => {
    const link = await invite('own@example.test');
    await setPassword(link);
    const [here, there] = [
      await cookieOf('own@example.test', PASSWORD, 'Here'),
      await cookieOf('own@example.test', PASSWORD, 'There'),
    ];
    const sessionsOf = async () =>
      (await server.json<{ items: Session[] }>(200, 'GET', '/api/v1/me/sessions', undefined, here)).items;
    expect((await sessionsOf()).map(({ userAgent, current }) => [userAgent, current]).sort()).toEqual([
      ['Here', true],
      ['There', false],
    ]);
    expect((await sessionsOf()).every(({ address }) => address?.includes('127.0.0.1'))).toBe(true);
    expect(await server.json(200, 'PUT', '/api/v1/me', { name: 'Olga' }, here)).toMatchObject({ name: 'Olga' });

    const change = (current: string) =>
      server.call('PUT', '/api/v1/me/password', { current, new: 'a newer password' }, here);
    expect(await codeOf(await change('wrong'))).toEqual({ status: 422, code: 'API_PASSWORD_WRONG' });
    expect((await change(PASSWORD)).status).toBe(204);
    expect((await server.call('GET', '/api/v1/me', undefined, there)).status).toBe(401);
    expect((await server.call('GET', '/api/v1/me', undefined, here)).status).toBe(200);

    const again = await cookieOf('own@example.test', 'a newer password', 'Again');
    const other = (await sessionsOf()).find(({ current }) => !current)?.sessionId;
    await server.json(204, 'DELETE', `/api/v1/me/sessions/${other}`, undefined, here);
    expect((await server.call('GET', '/api/v1/me', undefined, again)).status).toBe(401);
    const admin = await cookieOf(ADMIN.email, ADMIN.password);
    const foreign = await server.call(
      'DELETE',
      `/api/v1/me/sessions/${(await sessionsOf())[0]?.sessionId}`,
      undefined,
      admin,
    );
    expect(foreign.status).toBe(404);
    await cookieOf('own@example.test', 'a newer password');
    await server.json(204, 'DELETE', '/api/v1/me/sessions', undefined, here);
    expect((await sessionsOf()).length).toBe(1);
  });

  test('guessing the current password is slowed down', async () => {
    const link = await invite('guess@example.test');
    await setPassword(link);
    const session = await cookieOf('guess@example.test', PASSWORD);
    const guess = () =>
      server.call('PUT', '/api/v1/me/password', { current: 'a guess', new: 'a newer password' }, session);
    let last = 0;
    for (let tries = 0; tries < 8 && last !== 429; tries++) last = (await guess()).status;
    expect(last).toBe(429);
  });

  test('preferences are a person’s own in every session, changed one by one, and gone with the person', async () => {
    const preferences = '/api/v1/me/preferences';
    const link = await invite('pia@example.test');
    await setPassword(link);
    const [here, there] = [await cookieOf('pia@example.test', PASSWORD), await cookieOf('pia@example.test', PASSWORD)];
    const nothing = { language: null, colorScheme: null, tourSeen: false };
    expect(await server.json(200, 'GET', preferences, undefined, here)).toEqual(nothing);
    const [german] = await Promise.all([
      server.json(200, 'PUT', preferences, { language: 'de' }, here),
      server.json(200, 'PUT', preferences, { tourSeen: true }, there),
    ]);
    expect(german).toMatchObject({ language: 'de', colorScheme: null });
    await server.json(200, 'PUT', preferences, { colorScheme: 'dark' }, here);
    const chosen = { language: 'de', colorScheme: 'dark', tourSeen: true };
    expect(await server.json(200, 'GET', preferences, undefined, there)).toEqual(chosen);
    expect(await server.json(200, 'PUT', preferences, {}, there)).toEqual(chosen);
    expect(await server.json(200, 'PUT', preferences, { language: null }, there)).toEqual({
      ...chosen,
      language: null,
    });
    expect(await codeOf(await server.call('PUT', preferences, { language: 'xx' }, here))).toEqual({
      status: 400,
      code: 'API_BAD_REQUEST',
    });
    const other = await invite('pol@example.test');
    await setPassword(other);
    const session = await cookieOf('pol@example.test', PASSWORD);
    expect(await server.json(200, 'GET', preferences, undefined, session)).toEqual(nothing);
    await server.json(204, 'DELETE', `/api/v1/users/${link.user.userId}`);
    expect(await server.db.kysely.selectFrom('preferences').selectAll().execute()).toEqual([]);
  });

  test.each(['/api/v1/me/sessions', '/api/v1/me/preferences'])('a key has no account: %s', async (path) => {
    expect(await codeOf(await server.call('GET', path))).toEqual({ status: 400, code: 'API_BAD_REQUEST' });
  });

  test('a key expires, and tells when it was last used', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const wanted = { name: 'nightly', role: 'viewer', expiresAt };
    const made = await server.json<ApiKey & { key: string }>(201, 'POST', '/api/v1/api-keys', wanted);
    expect(made).toMatchObject({ expiresAt, lastUsedAt: null, createdBy: 'First admin key' });
    const headers = { authorization: `Bearer ${made.key}` };
    await server.json(200, 'GET', '/api/v1/me', undefined, headers);
    await expect
      .poll(
        async () => {
          const { items } = await server.json<{ items: ApiKey[] }>(200, 'GET', '/api/v1/api-keys?limit=200');
          return items.find(({ keyId }) => keyId === made.keyId)?.lastUsedAt;
        },
        { timeout: 20_000 },
      )
      .toEqual(expect.any(String));

    const late = await server.call('POST', '/api/v1/api-keys', { ...wanted, expiresAt: '2020-01-01T00:00:00Z' });
    expect(await codeOf(late)).toEqual({ status: 400, code: 'API_BAD_REQUEST' });
    const { auth } = server;
    const { key } = await auth.apiKeys.create(
      { name: 'gone', role: 'viewer', createdBy: 'test', expiresAt: new Date(Date.now() - 1) },
      server.recordBySystem,
    );
    const refused = await server.call('GET', '/api/v1/me', undefined, { authorization: `Bearer ${key.key}` });
    expect(await codeOf(refused)).toEqual({ status: 401, code: 'API_KEY_EXPIRED' });
  });
});
