import type { AlarmChannel, Connection, ConnectionCheck, ConnectionUse } from '@crossdock/api-contract';
import { startTestServer, type TestServer } from '@crossdock/connector-sdk/testing';
import { startMailbox } from '@crossdock/connectors/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openConnections, rewrapConnections } from '../connections/index.ts';
import { createEgress } from '../egress/index.ts';
import { openKeyRing } from '../vault/index.ts';
import { type ApiServer, smallFlow, startApiServer } from './api-server.testing.ts';

const CANARY = 'canary-secret-4711';
const SIGNING = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const SECRET_KEY = new Uint8Array(32).fill(3);

describe('connections', () => {
  let server: ApiServer;
  let remote: TestServer;
  let status = 200;
  beforeAll(async () => {
    remote = await startTestServer((request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ echo: request.headers.authorization }));
    });
    server = await startApiServer({ http: createEgress({ allow: ['127.0.0.1'] }) });
  });
  afterAll(async () => {
    await server.stop();
    await remote.close();
  });

  const create = (body: object, code = 201) => server.json<Connection>(code, 'POST', '/api/v1/connections', body);
  const change = (id: string, body: object, code = 200) =>
    server.json<Connection>(code, 'PUT', `/api/v1/connections/${id}`, body);
  const bearer = (name: string, more: object = {}) => ({
    ...{ env: 'dev', name, type: 'http', settings: { baseUrl: remote.url, auth: 'bearer' } },
    credentials: { token: CANARY },
    ...more,
  });
  const opened = (name: string, env = 'dev') =>
    openConnections(server.bus.registry, openKeyRing(SECRET_KEY)).open(env, name, ['http']);
  const problem = async (answer: Promise<Response>) => {
    const response = await answer;
    const { code, detail } = (await response.json()) as { code: string; detail: string };
    return { status: response.status, code, detail };
  };

  test('a credential goes in and never comes out: it rests sealed, and opens where it is used', async () => {
    const made = await create(bearer('sealed'));
    expect(made).toMatchObject({
      ...{ env: 'dev', name: 'sealed', version: 1, hosts: [remote.url], lastCheck: null, usedBy: 0 },
      credentials: {
        token: { isSet: true, isNeeded: true, changedAt: expect.any(String), changedBy: expect.any(String) },
        signingSecret: { isSet: false, isNeeded: false, changedAt: null, changedBy: null },
      },
    });
    const read = await server.call('GET', `/api/v1/connections/${made.id}`);
    const list = await server.call('GET', '/api/v1/connections?env=dev');
    const rows = await server.db.kysely.selectFrom('connections').selectAll().execute();
    const audit = await server.db.kysely.selectFrom('audit').selectAll().where('thing_id', '=', 'sealed').execute();
    expect(audit.map(({ action, env }) => [action, env])).toEqual([['connection.created', 'dev']]);
    for (const text of [await read.text(), await list.text(), JSON.stringify(rows), JSON.stringify(audit)]) {
      expect(text).toContain('token');
      expect(text).not.toContain(CANARY);
      expect(text).not.toContain(Buffer.from(CANARY).toString('base64'));
    }
    expect(JSON.stringify(server.bus.registry.connection('dev', 'sealed'))).not.toContain(CANARY);
    expect((await opened('sealed')).credentials).toEqual({ token: CANARY });
  });

  test('what is left out of a change stays, null takes away, and a version that was not read last is refused', async () => {
    const made = await create(bearer('changed'));
    const settings = { ...made.settings, checkPath: '/me' };
    const kept = await change(made.id, { settings, version: 1 });
    expect(kept.credentials.token).toEqual(made.credentials.token);
    expect(await opened('changed')).toMatchObject({ credentials: { token: CANARY }, settings: { checkPath: '/me' } });
    expect(await problem(server.call('PUT', `/api/v1/connections/${made.id}`, { settings, version: 1 }))).toMatchObject(
      {
        code: 'API_STALE',
      },
    );
    expect(
      await problem(server.call('PUT', `/api/v1/connections/${made.id}`, { settings, credentials: { token: null } })),
    ).toMatchObject({
      ...{ status: 400, code: 'API_BAD_REQUEST' },
      detail: expect.stringContaining('"credentials/token" is missing: it is needed with auth "bearer"'),
    });
    const signed = await change(made.id, { settings, credentials: { token: 'another', signingSecret: SIGNING } });
    expect(signed.credentials.signingSecret?.isSet).toBe(true);
    const unsigned = await change(made.id, { settings, credentials: { signingSecret: null } });
    expect(unsigned.credentials.signingSecret?.isSet).toBe(false);
    expect((await opened('changed')).credentials).toEqual({ token: 'another' });
    const open = await change(made.id, { settings: { baseUrl: remote.url } });
    expect(Object.keys(open.credentials)).toEqual(['signingSecret']);
    expect((await opened('changed')).credentials).toEqual({});
  });

  test('with a new address the credentials have to be entered again: nobody reads one by pointing it elsewhere', async () => {
    const made = await create(bearer('moved'));
    const elsewhere = { ...made.settings, baseUrl: 'https://elsewhere.example.com' };
    const more = { ...made.settings, otherAddresses: ['https://elsewhere.example.com'] };
    for (const settings of [elsewhere, more])
      expect(await problem(server.call('PUT', `/api/v1/connections/${made.id}`, { settings }))).toMatchObject({
        status: 400,
        detail: expect.stringMatching(/"credentials\.token" must be entered again.*https:\/\/elsewhere\.example\.com/),
      });
    await change(made.id, { settings: { ...made.settings, baseUrl: `${remote.url}/api` } });
    const moved = await change(made.id, { settings: elsewhere, credentials: { token: 'new' } });
    expect(moved.hosts).toEqual(['https://elsewhere.example.com']);
    expect((await opened('moved')).credentials).toEqual({ token: 'new' });
  });

  test.each([
    ['an unknown type', { type: 'ftp' }, 'field "type"'],
    ['a setting that is missing', { settings: {} }, 'field "settings.baseUrl" is missing'],
    ['a setting that is wrong', { settings: { baseUrl: 'erp' } }, 'field "settings.baseUrl" must be an address'],
    ['a setting that is unknown', { settings: { baseUrl: 'https://a.test', url: '' } }, 'field "settings.url"'],
    ['a day that is none', { settings: { baseUrl: 'https://a.test', expiresAt: '2027-02-30' } }, 'settings.expiresAt'],
    [
      'a credential that is not used',
      { credentials: { password: CANARY } },
      '"credentials.password" is not used with auth "bearer"',
    ],
    [
      'a credential that is wrong',
      { credentials: { token: `${CANARY} x` } },
      '"credentials.token" must be plain ASCII',
    ],
    ['a credential that is needed and empty', { credentials: {} }, '"credentials/token" is missing: it is needed'],
    ['a name that is wrong', { name: 'ERP 1' }, 'field "name"'],
  ])('%s is refused by its field, without a value', async (_what, wrong, detail) => {
    const refused = await problem(server.call('POST', '/api/v1/connections', bearer('wrong', wrong)));
    expect(refused).toMatchObject({ status: 400, code: 'API_BAD_REQUEST' });
    expect(refused.detail).toContain(detail);
    expect(refused.detail).not.toContain(CANARY);
  });

  test('a name is taken once in an environment', async () => {
    await create(bearer('once'));
    expect(await problem(server.call('POST', '/api/v1/connections', bearer('once')))).toMatchObject({
      code: 'API_CONFLICT',
      detail: expect.stringContaining('"once" in dev'),
    });
    await create(bearer('once', { env: 'prod' }));
    expect((await problem(server.call('POST', '/api/v1/connections', bearer('once', { env: 'none' })))).code).toBe(
      'API_NOT_FOUND',
    );
    const { items } = await server.json<{ items: Connection[] }>(200, 'GET', '/api/v1/connections?name=once');
    expect(items.map(({ env }) => env)).toEqual(['dev', 'prod']);
  });

  test('a list comes in pages', async () => {
    const names: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = `limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page: { items: Connection[]; nextCursor: string | null } = await server.json(
        200,
        'GET',
        `/api/v1/connections?${query}`,
      );
      names.push(...page.items.map(({ name, env }) => `${name}/${env}`));
      cursor = page.nextCursor;
    }
    expect(names).toEqual([...new Set(names)].sort());
    expect(names).toContain('erp/dev');
  });

  test('a check says what it saw, or what is wrong and what to do, without the credential', async () => {
    const made = await create(
      bearer('checked', { settings: { baseUrl: remote.url, auth: 'bearer', checkPath: '/me' } }),
    );
    const check = () => server.json<ConnectionCheck>(200, 'POST', `/api/v1/connections/${made.id}/check`);
    const read = () => server.json<Connection>(200, 'GET', `/api/v1/connections/${made.id}`);
    expect(await check()).toMatchObject({ ok: true, message: 'GET /me answered 200', code: null });
    expect(remote.requests.at(-1)?.headers.authorization).toBe(`Bearer ${CANARY}`);
    expect((await read()).lastCheck).toMatchObject({ ok: true });
    status = 401;
    expect(await check()).toMatchObject({ ok: false, code: 'CONFIG_CREDENTIALS_REFUSED', fix: expect.any(String) });
    status = 422;
    const refused = await check();
    expect(refused).toMatchObject({ ok: false, code: 'REMOTE_REJECTED' });
    expect(refused.message).toContain('•••');
    expect(JSON.stringify(refused)).not.toContain(CANARY);
    status = 200;
    await change(made.id, { settings: made.settings });
    expect((await read()).lastCheck).toBeNull();
    const away = await create(
      bearer('away', { settings: { baseUrl: 'http://127.0.0.1:1', auth: 'none' }, credentials: {} }),
    );
    expect(await server.json(200, 'POST', `/api/v1/connections/${away.id}/check`)).toMatchObject({
      ok: false,
      code: 'REMOTE_UNAVAILABLE',
    });
  });

  test('a mail server is greeted and signed in to, and a wrong password is named, not quoted', async () => {
    const mailbox = await startMailbox({ password: CANARY });
    const settings = { host: '127.0.0.1', port: mailbox.port, security: 'none', user: 'ada', from: 'ada@example.test' };
    const body = { env: 'dev', name: 'post', type: 'smtp', settings, credentials: { password: CANARY } };
    const { id } = await create(body);
    const check = () => server.json<ConnectionCheck>(200, 'POST', `/api/v1/connections/${id}/check`);
    const message = `127.0.0.1:${mailbox.port} answered without encryption and took user and password`;
    expect(await check()).toMatchObject({ ok: true, message });
    await change(id, { settings, credentials: { password: 'not-the-one' } });
    const refused = await check();
    expect(refused).toMatchObject({ ok: false, code: 'CONFIG_CREDENTIALS_REFUSED', fix: expect.any(String) });
    expect(refused.message).not.toContain('not-the-one');
    await change(id, { settings: { ...settings, security: 'starttls' }, credentials: { password: CANARY } });
    expect(await check()).toMatchObject({ ok: false, code: 'REMOTE_UNAVAILABLE' });
    expect(mailbox.mails).toEqual([]);
    await mailbox.stop();
    expect(await check()).toMatchObject({ ok: false, code: 'REMOTE_UNAVAILABLE' });
  });

  test('what a setting is chosen from is asked of the other side, and a new key is stored before the old one goes', async () => {
    const answers = new Map<string, unknown>([
      ['/web/version', { version: '20.0', version_info: [20, 0, 0, 'final', 0, ''] }],
      ['/json/2/ir.model/search_read', [{ model: 'sale.order', name: 'Sales Order' }]],
      ['/json/2/res.users.apikeys/generate', 'made-there'],
      ['/json/2/res.users/context_get', { uid: 2 }],
      ['/json/2/res.users.apikeys/revoke', true],
    ]);
    const odoo = await startTestServer(({ url }, response) => {
      response.writeHead(answers.has(url) ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answers.get(url) ?? { name: 'werkzeug.exceptions.NotFound', message: 'no' }));
    });
    const settings = { url: odoo.url, database: 'd', companies: [1] };
    const { id } = await create({ env: 'dev', name: 'crm', type: 'odoo', settings, credentials: { apiKey: CANARY } });
    const listed = () => server.json(200, 'GET', `/api/v1/connections/${id}/choices?of=models`);
    const items = [{ value: 'sale.order', title: 'Sales Order' }];
    expect(await listed()).toEqual({ items, nextCursor: null });
    const asked = odoo.requests.length;
    expect(await listed()).toEqual({ items, nextCursor: null });
    expect(odoo.requests).toHaveLength(asked);
    expect((await server.call('GET', `/api/v1/connections/${id}/choices?of=fields&within=no.model`)).status).toBe(422);

    const rotated = await server.json<Connection>(200, 'POST', `/api/v1/connections/${id}/rotate`);
    expect(rotated).toMatchObject({ version: 2, settings: { expiresAt: expect.stringMatching(/^20/) } });
    expect(odoo.requests.at(-1)?.url).toBe('/json/2/res.users.apikeys/revoke');
    const ring = openConnections(server.bus.registry, openKeyRing(SECRET_KEY));
    expect((await ring.open('dev', 'crm', ['odoo'])).credentials).toEqual({ apiKey: 'made-there' });
    answers.delete('/json/2/res.users.apikeys/generate');
    expect(await problem(server.call('POST', `/api/v1/connections/${id}/rotate`))).toMatchObject({
      code: 'REMOTE_CANNOT_ROTATE',
    });
    const http = await create(bearer('plain'));
    expect((await server.call('POST', `/api/v1/connections/${http.id}/rotate`)).status).toBe(400);
    await odoo.close();
  });

  test('one that alarms go out by is not removed: the channel is named', async () => {
    const made = await create(bearer('pages', { credentials: { token: CANARY, signingSecret: SIGNING } }));
    const target = { kind: 'webhook', env: 'dev', connection: 'pages', path: '/alarms' };
    const { channelId } = await server.json<AlarmChannel>(201, 'POST', '/api/v1/alarm-channels', {
      name: 'Pager',
      target,
    });
    const read = (env: string) =>
      server.json<{ items: Connection[] }>(200, 'GET', `/api/v1/connections?env=${env}&name=pages`);
    await create(bearer('pages', { env: 'test' }));
    expect((await read('dev')).items).toMatchObject([{ usedBy: 0, channels: [{ channelId, name: 'Pager' }] }]);
    expect((await read('test')).items).toMatchObject([{ channels: [] }]);
    expect(await problem(server.call('DELETE', `/api/v1/connections/${made.id}`))).toMatchObject({
      ...{ status: 409, code: 'API_IN_USE', detail: expect.stringContaining('"Pager"') },
    });
    await server.json(204, 'DELETE', `/api/v1/alarm-channels/${channelId}`);
    await server.json(204, 'DELETE', `/api/v1/connections/${made.id}`);
  });

  test('one that an active deployment uses is not removed: the flow is named; after that it is, on the bus too', async () => {
    const made = await create(bearer('used'));
    const node = { id: 'send', type: 'http.request', config: { url: '/x' }, connection: 'used' };
    const edge = { id: 'e2', source: 'map', sourceHandle: 'out', target: 'send', targetHandle: 'in' };
    const flow = smallFlow('uses-it');
    await server.json(201, 'POST', '/api/v1/flows', {
      ...flow,
      nodes: [...flow.nodes, node],
      edges: [...flow.edges, edge],
    });
    const usage = async () =>
      (await server.json<{ items: ConnectionUse[] }>(200, 'GET', `/api/v1/connections/${made.id}/usage`)).items;
    expect(await usage()).toMatchObject([{ flowId: 'uses-it', nodeId: 'send', revision: null }]);
    await server.json(201, 'POST', '/api/v1/flows/uses-it/revisions', { message: 'm' });
    const deployment = { flowId: 'uses-it', revision: 1 };
    await server.json(201, 'POST', '/api/v1/environments/dev/deployments', deployment);
    expect(await usage()).toMatchObject([{ flowId: 'uses-it', nodeId: 'send', revision: 1 }]);
    expect(await problem(server.call('DELETE', `/api/v1/connections/${made.id}`))).toMatchObject({
      ...{ status: 409, code: 'API_IN_USE', detail: expect.stringContaining('"uses-it" (revision 1)') },
    });
    await server.json(204, 'DELETE', '/api/v1/environments/dev/deployments/uses-it');
    await server.json(204, 'DELETE', `/api/v1/connections/${made.id}`);
    await expect.poll(() => server.bus.registry.connection('dev', 'used'), { timeout: 10_000 }).toBeUndefined();
    expect((await server.call('GET', `/api/v1/connections/${made.id}`)).status).toBe(404);
    const actions = await server.db.kysely
      .selectFrom('audit')
      .select('action')
      .where('thing_id', '=', 'used')
      .orderBy('number')
      .execute();
    expect(actions.map(({ action }) => action)).toEqual(['connection.created', 'connection.deleted']);
  });

  test('an analyst changes those of dev alone, and support checks without changing', async () => {
    const prod = await create(bearer('guarded', { env: 'prod' }));
    const as = async (role: 'analyst' | 'support' | 'viewer') => ({
      authorization: `Bearer ${await server.keyOf(role)}`,
    });
    const put = { settings: prod.settings };
    const analyst = await as('analyst');
    expect((await server.call('POST', '/api/v1/connections', bearer('by-analyst'), analyst)).status).toBe(201);
    for (const attempt of [
      server.call('POST', '/api/v1/connections', bearer('refused', { env: 'prod' }), analyst),
      server.call('PUT', `/api/v1/connections/${prod.id}`, put, analyst),
      server.call('DELETE', `/api/v1/connections/${prod.id}`, undefined, analyst),
      server.call('PUT', `/api/v1/connections/${prod.id}`, put, await as('support')),
      server.call('POST', `/api/v1/connections/${prod.id}/check`, undefined, await as('viewer')),
      server.call('POST', '/api/v1/connections/rewrap', undefined, analyst),
    ])
      expect((await attempt).status).toBe(403);
    expect(
      (await server.call('POST', `/api/v1/connections/${prod.id}/check`, undefined, await as('support'))).status,
    ).toBe(200);
  });

  test('after a change of the secret key all are wrapped anew, in SQL and on the bus, and what does not open is named', async () => {
    await create(bearer('rewrapped'));
    const lost = await create(bearer('lost'));
    await server.db.kysely
      .updateTable('connections')
      .set({ sealed: JSON.stringify({ keyId: 'gone', wrappedKey: '', fields: {} }) })
      .where('connection_id', '=', lost.id)
      .execute();
    expect(await server.json(200, 'POST', '/api/v1/connections/rewrap')).toMatchObject({ rewrapped: 0 });
    const newKey = new Uint8Array(32).fill(4);
    const keyRing = openKeyRing(newKey, [SECRET_KEY]);
    const before = server.bus.registry.connection('dev', 'rewrapped');
    const record = async () => ({}) as never;
    const { result } = await rewrapConnections({ db: server.db, bus: server.bus, keyRing }, record);
    expect(result.rewrapped).toBeGreaterThan(0);
    expect(result.unreadable).toEqual([{ env: 'dev', name: 'lost', reason: expect.stringContaining('gone') }]);
    const after = server.bus.registry.connection('dev', 'rewrapped');
    expect(after?.sealed?.fields).toEqual(before?.sealed?.fields);
    const { credentials } = await openConnections(server.bus.registry, openKeyRing(newKey)).open('dev', 'rewrapped', [
      'http',
    ]);
    expect(credentials).toEqual({ token: CANARY });
    await expect(opened('rewrapped')).rejects.toMatchObject({ code: 'CONFIG_CREDENTIALS_UNREADABLE' });
    expect((await rewrapConnections({ db: server.db, bus: server.bus, keyRing }, record)).result.rewrapped).toBe(0);
  });
});
