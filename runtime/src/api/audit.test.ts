import { type AuditDetail, type AuditRow, type Route, routes } from '@crossdock/api-contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordAudit } from '../audit/index.ts';
import { ADMIN, type ApiServer, smallFlow, startApiServer } from './api-server.testing.ts';

/**
 * Routes that need no row, since they change nothing. Whoever adds one says here why: it checks, tries out, reads, says who looks or how the
 * designer looks to oneself.
 */
const CHANGE_NOTHING = [
  'changeMyPreferences',
  'checkConnection',
  'enterFlow',
  'leaveFlow',
  'readPasswordLink',
  'runTests',
  'searchDeadLetters',
  'searchExecutions',
  'searchFlows',
  'searchOrders',
  'validateFlow',
];

describe('the audit over HTTP', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
  });
  afterAll(() => server.stop());

  const list = async (query: string) =>
    (await server.json<{ items: AuditRow[] }>(200, 'GET', `/api/v1/audit?${query}`)).items;
  const latest = async (query: string) => {
    const [row] = await list(`limit=1&${query}`);
    return server.json<AuditDetail>(200, 'GET', `/api/v1/audit/${row?.number}`);
  };

  test('every changing route of the contract names what it does, but those that change nothing', () => {
    const silent = (Object.values(routes) as Route[]).filter(({ method, audit }) => method !== 'GET' && !audit);
    expect(silent.map(({ id }) => id).toSorted()).toEqual(CHANGE_NOTHING);
  });

  test('a draft’s change is told by the field that changed, by whom and from where', async () => {
    const { etag } = await server.json<{ etag: string }>(201, 'POST', '/api/v1/flows', smallFlow('seen'));
    expect(await latest('action=flow.created')).toMatchObject({ thing: 'seen', after: { id: 'seen' } });
    const changed = smallFlow('seen', 'seen', { name: 'Seen anew' });
    await server.json(200, 'PUT', '/api/v1/flows/seen', changed, {
      'if-match': etag,
      authorization: `Bearer ${await server.keyOf('analyst')}`,
      'user-agent': 'A test',
    });
    const row = await latest('action=flow.saved');
    expect(row).toMatchObject({
      by: { kind: 'api-key', name: 'analyst of a test' },
      ...{ thing: 'seen', userAgent: 'A test' },
      before: { name: 'seen' },
      after: { name: 'Seen anew' },
    });
    expect(row.address).toContain('127.0.0.1');
    await server.json(204, 'DELETE', '/api/v1/flows/seen');
    expect(await latest('action=flow.deleted')).toMatchObject({ thing: 'seen', before: { name: 'Seen anew' } });
  });

  test('variables are told before and after, those that look secret as dots', async () => {
    const put = (variables: object) => server.json(200, 'PUT', '/api/v1/environments/test/variables', variables);
    await put({ url: 'a', apiPassword: 'canary-1' });
    await put({ url: 'b', apiPassword: 'canary-1' });
    expect(await latest('action=variables')).toMatchObject({ env: 'test', before: { url: 'a' }, after: { url: 'b' } });
    expect(JSON.stringify(await server.db.kysely.selectFrom('audit').selectAll().execute())).not.toContain('canary-1');
  });

  test('what has an id that tells nothing is told and found by its name, also when it is gone', async () => {
    const wanted = { email: 'grace@example.test', name: 'Grace', role: 'viewer' };
    const { user } = await server.json<{ user: { userId: string } }>(201, 'POST', '/api/v1/users/invite', wanted);
    await server.json(204, 'DELETE', `/api/v1/users/${user.userId}`);
    const named = await list('thing=grace@example');
    expect(named.map(({ action, thing, thingName }) => [action, thing, thingName])).toEqual([
      ['person.removed', user.userId, 'grace@example.test'],
      ['person.invited', user.userId, 'grace@example.test'],
    ]);
  });

  test('why masked values were revealed is told in the list already', async () => {
    const by = { kind: 'person', id: 'u1', name: 'ada@example.test' } as const;
    const reason = 'The customer asks for her order';
    await recordAudit(server.db.kysely, {
      by,
      action: 'payload.revealed',
      id: 'e1/map',
      env: 'dev',
      after: { reason },
    });
    expect((await list('limit=1&action=payload.revealed'))[0]).toMatchObject({ thing: 'e1/map', reason });
    expect(await latest('action=payload.revealed')).toMatchObject({ reason, after: { reason } });
    expect((await list('limit=1&action=person'))[0]).toMatchObject({ reason: null });
  });

  test('a draft that is run with real effects is told, one that is simulated is not', async () => {
    await server.json(201, 'POST', '/api/v1/flows', smallFlow('tried'));
    const run = (body: object) => server.json(200, 'POST', '/api/v1/flows/tried/test-runs', { payload: {}, ...body });
    await run({});
    expect(await list('action=flow.tried')).toEqual([]);
    await run({ effects: 'real' });
    expect(await latest('action=flow.tried')).toMatchObject({ thing: 'tried', after: { effects: 'real' } });
    await server.json(204, 'DELETE', '/api/v1/flows/tried');
  });

  test('a change that is refused leaves no row', async () => {
    const count = async () => (await list('limit=200')).length;
    const before = await count();
    expect((await server.call('POST', '/api/v1/environments', { name: 'dev' })).status).toBe(409);
    expect((await server.call('PUT', '/api/v1/flows/nothing', smallFlow('nothing'), { 'if-match': '*' })).status).toBe(
      404,
    );
    expect((await server.call('DELETE', '/api/v1/users/nobody')).status).toBe(404);
    expect(await count()).toBe(before);
  });

  test('signing in, failing to, and signing out are told', async () => {
    const signIn = (password: string) =>
      server.call('POST', '/api/v1/session', { email: ADMIN.email, password }, { authorization: '' });
    await signIn('not the right one');
    expect(await latest('action=session.refused')).toMatchObject({
      by: { kind: 'nobody', name: ADMIN.email },
      after: { code: 'API_SIGN_IN_FAILED' },
    });
    const cookie = (await signIn(ADMIN.password)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(await latest('action=session.opened')).toMatchObject({ by: { kind: 'person', name: ADMIN.email } });
    const headers = { cookie, 'sec-fetch-site': 'same-origin' };
    await server.json(204, 'DELETE', '/api/v1/session', undefined, headers);
    expect(await latest('action=session.ended')).toMatchObject({ by: { kind: 'person', name: ADMIN.email } });
    const all = JSON.stringify(await server.db.kysely.selectFrom('audit').selectAll().execute());
    expect(all).not.toContain('not the right one');
    expect(all).not.toContain(ADMIN.password);
  });

  test('rows are found by who, what, thing, environment and time, page by page', async () => {
    expect((await list('who=first+admin+KEY&action=variables')).length).toBe(2);
    expect(await list('who=100%25')).toEqual([]);
    expect((await list('env=test')).every(({ env }) => env === 'test')).toBe(true);
    expect((await list('thing=see')).map(({ action }) => action)).toEqual([
      'flow.deleted',
      'flow.saved',
      'flow.created',
    ]);
    expect(await list('to=2020-01-01T00:00:00.000Z')).toEqual([]);
    const numbers: number[] = [];
    for (let cursor = ''; ; ) {
      const page = await server.json<{ items: AuditRow[]; nextCursor: string | null }>(
        200,
        'GET',
        `/api/v1/audit?limit=3${cursor}`,
      );
      numbers.push(...page.items.map(({ number }) => number));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(numbers).toEqual((await list('limit=200')).map(({ number }) => number));
    expect((await server.call('GET', '/api/v1/audit?cursor=bm8')).status).toBe(400);
  });

  test('it is exported whole, as CSV and as JSON lines, and that is told too', async () => {
    const rows = (await list('limit=200')).length;
    const lines = async (format: string) =>
      (await (await server.call('GET', `/api/v1/audit/export?format=${format}`)).text()).trimEnd().split(/\r?\n/);
    const json = (await lines('jsonl')).map((line) => JSON.parse(line) as AuditDetail);
    expect(json.length).toBe(rows + 1);
    expect(json.at(-1)).toMatchObject({ action: 'audit.exported', thing: 'jsonl' });
    const csv = await lines('csv');
    expect(csv[0]).toBe(
      'number,at,actor kind,actor id,actor,action,thing,thing name,environment,before,after,address,user agent',
    );
    expect(csv.length).toBe(rows + 3);
  });

  test('what a spreadsheet would take for a formula is text in the CSV', async () => {
    await server.json(201, 'POST', '/api/v1/api-keys', { name: '=1+1', role: 'viewer' });
    const csv = await (await server.call('GET', '/api/v1/audit/export?action=api-key')).text();
    expect(csv).toContain('""name"":""=1+1""');
    expect(csv).not.toMatch(/(?:^|,)=1/m);
  });
});
