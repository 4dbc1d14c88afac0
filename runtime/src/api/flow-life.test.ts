import { readFile } from 'node:fs/promises';
import type {
  Deployment,
  FlowDraft,
  FlowEditor,
  FlowHits,
  FlowRow,
  Revision,
  StreamEvent,
} from '@crossdock/api-contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_KEY, type ApiServer, smallFlow, startApiServer } from './api-server.testing.ts';

describe('the life of a flow', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
  });
  afterAll(() => server.stop());

  const create = (flow: object) => server.json<FlowDraft>(201, 'POST', '/api/v1/flows', flow);
  const publish = (id: string, status = 201) =>
    server.json<Revision>(status, 'POST', `/api/v1/flows/${id}/revisions`, { message: 'm' });
  const deploy = (flowId: string, env = 'dev', more: object = {}) =>
    server.call('POST', `/api/v1/environments/${env}/deployments`, { flowId, revision: 1, ...more });
  const codeOf = async (answer: Response) => ({
    status: answer.status,
    code: ((await answer.json()) as { code: string }).code,
  });

  test('a draft is created once, read back exactly, and saved only over the state that was read', async () => {
    const made = await create(smallFlow('saved'));
    expect(await codeOf(await server.call('POST', '/api/v1/flows', smallFlow('saved')))).toEqual({
      status: 409,
      code: 'API_CONFLICT',
    });
    const read = await server.call('GET', '/api/v1/flows/saved');
    expect(read.headers.get('etag')).toBe(`"${made.etag}"`);
    expect(((await read.json()) as FlowDraft).flow).toEqual(smallFlow('saved'));

    const put = (body: object, headers: Record<string, string>) =>
      server.call('PUT', '/api/v1/flows/saved', body, headers);
    const changed = smallFlow('saved', 'elsewhere');
    expect(await codeOf(await put(changed, {}))).toEqual({ status: 428, code: 'API_PRECONDITION_MISSING' });
    const saved = await put(changed, { 'if-match': made.etag });
    expect(saved.status).toBe(200);
    expect(await codeOf(await put(changed, { 'if-match': `"${made.etag}"` }))).toEqual({
      status: 412,
      code: 'API_STALE',
    });
    expect((await put(changed, { 'if-match': saved.headers.get('etag') ?? '' })).status).toBe(200);
    expect((await put(smallFlow('other'), { 'if-match': '*' })).status).toBe(400);
    expect((await server.call('PUT', '/api/v1/flows/absent', smallFlow('absent'), { 'if-match': '*' })).status).toBe(
      404,
    );
  });

  test('drafts are searched for a text in their nodes and notes, in the order of their ids', async () => {
    await create(smallFlow('sought-b', 'sought "100%_path"'));
    await create(smallFlow('sought-a', 'SOUGHT'));
    const note = { id: 'n', x: 0, y: 0, width: 200, height: 80, color: 'blue', text: 'Seldom sought' };
    await create(smallFlow('sought-c', 'plain', { layout: { nodes: {}, notes: [note] } }));
    const search = (body: object) => server.json<FlowHits>(200, 'POST', '/api/v1/flows/search', body);
    const places = ({ items }: FlowHits) => items.map(({ flowId, id, path }) => `${flowId} ${id} ${path}`);
    expect(places(await search({ q: 'sought' }))).toEqual([
      ...['sought-a hook /config/path', 'sought-b hook /config/path'],
      'sought-c n /text',
    ]);
    expect(places(await search({ q: '"100%_' }))).toEqual(['sought-b hook /config/path']);
    expect(await search({ q: 'sought', limit: 1 })).toMatchObject({
      items: [{ flowId: 'sought-a', field: 'config.path', excerpt: 'SOUGHT' }],
      more: true,
    });
    expect(await search({ q: 'found nowhere at all' })).toEqual({ items: [], more: false });
    expect((await server.call('POST', '/api/v1/flows/search', { q: '' })).status).toBe(400);
  });

  test('of two who save at once one wins', async () => {
    const { etag } = await create(smallFlow('raced'));
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((path) =>
        server.call('PUT', '/api/v1/flows/raced', smallFlow('raced', path), { 'if-match': etag }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  test('what a mask names is dots in samples and tests for who may neither change the flow nor reveal', async () => {
    const payload = { customer: { email: 'ada@lovelace.org' }, note: 'Write to ada@lovelace.org', no: 7 };
    const settings = { mask: ['customer.email', 'a..b'] };
    const tests = [{ name: 't', payload, expect: { outputs: { map: 'ada@lovelace.org' } } }];
    const flow = { ...smallFlow('sampled'), settings, samples: [{ name: 's', payload }], tests };
    await create(flow);
    expect(
      (await server.json<{ issues: object[] }>(200, 'POST', '/api/v1/flows/sampled/validate')).issues,
    ).toContainEqual(
      expect.objectContaining({ code: 'FLOW_SAMPLE_MASKED', path: '/samples/0/payload/customer/email' }),
    );
    const { etag } = await server.json<FlowDraft>(200, 'GET', '/api/v1/flows/sampled');
    const sound = { ...flow, settings: { mask: ['customer.email'] } };
    await server.json(200, 'PUT', '/api/v1/flows/sampled', sound, { 'if-match': etag });
    await publish('sampled');
    const paths = ['/api/v1/flows/sampled', '/api/v1/flows/sampled/file', '/api/v1/flows/sampled/revisions/1'];
    for (const role of ['viewer', 'support', 'analyst'] as const) {
      const headers = { authorization: `Bearer ${await server.keyOf(role)}` };
      for (const path of paths) {
        const text = await (await server.call('GET', path, undefined, headers)).text();
        expect([role, path, text.includes('lovelace')]).toEqual([role, path, role !== 'viewer']);
        if (role === 'viewer') expect(text).toMatch(/"email": ?"•••".*"note": ?"Write to •••"/s);
      }
    }
  });

  test('big ids in samples stay exact, and export gives the bytes of the file', async () => {
    const text = JSON.stringify(smallFlow('exact')).replace(
      /}$/,
      ',"samples":[{"name":"s","payload":{"id":820982911946154508123}}]}',
    );
    await server.json(201, 'POST', '/api/v1/flows', text);
    const { flow } = await server.json<FlowDraft>(200, 'GET', '/api/v1/flows/exact');
    expect(flow.samples?.[0]?.payload).toEqual({ id: '820982911946154508123' });
    const file = await (await server.call('GET', '/api/v1/flows/shop-order-to-erp/file')).text();
    expect(file).toBe(await readFile(new URL('../../../flows/shop-order-to-erp/flow.json', import.meta.url), 'utf8'));
  });

  test('a draft may hold mistakes, but must be a flow document', async () => {
    await create(
      smallFlow('wrong', 'wrong', {
        edges: [{ id: 'e1', source: 'hook', sourceHandle: 'out', target: 'gone', targetHandle: 'in' }],
      }),
    );
    const { issues } = await server.json<{ issues: { code: string }[] }>(200, 'POST', '/api/v1/flows/wrong/validate');
    expect(issues.map(({ code }) => code)).toContain('FLOW_EDGE_DANGLING');
    const refused = await server.call('POST', '/api/v1/flows/wrong/revisions', { message: '' });
    const problem = (await refused.json()) as { code: string; issues: unknown[] };
    expect([refused.status, problem.code, problem.issues.length > 0]).toEqual([422, 'FLOW_INVALID', true]);
    expect((await server.call('POST', '/api/v1/flows', { id: 'odd', nodes: 'none' })).status).toBe(422);
    expect((await server.call('POST', '/api/v1/flows', '{"id": ')).status).toBe(400);
    expect((await server.call('POST', '/api/v1/flows', '{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await server.call('POST', '/api/v1/flows', `"${'x'.repeat(2 << 20)}"`)).status).toBe(413);
  });

  test('a draft says when the file in flows/ is another', async () => {
    const { etag, flow, file } = await server.json<FlowDraft>(200, 'GET', '/api/v1/flows/order-status-reply');
    expect(file).toBeUndefined();
    const saved = await server.json<FlowDraft>(
      200,
      'PUT',
      '/api/v1/flows/order-status-reply',
      { ...flow, name: 'Renamed' },
      { 'if-match': etag },
    );
    expect(saved.file).toEqual({ path: 'flows/order-status-reply/flow.json', differs: true });
  });

  test('revisions count up, and content of the same meaning gives the same one', async () => {
    const { etag } = await create(smallFlow('counted'));
    const first = await publish('counted');
    expect(first).toMatchObject({ revision: 1, author: 'First admin key', message: 'm' });
    expect(await publish('counted', 200)).toEqual(first);
    const moved = { ...smallFlow('counted'), name: 'Another name', layout: { nodes: { hook: { x: 1, y: 2 } } } };
    const saved = await server.json<FlowDraft>(200, 'PUT', '/api/v1/flows/counted', moved, { 'if-match': etag });
    expect((await publish('counted', 200)).revision).toBe(1);
    await server.json(200, 'PUT', '/api/v1/flows/counted', smallFlow('counted', 'new-path'), {
      'if-match': saved.etag,
    });
    expect((await publish('counted')).revision).toBe(2);
    const { items } = await server.json<{ items: Revision[] }>(200, 'GET', '/api/v1/flows/counted/revisions');
    expect(items.map(({ revision }) => revision)).toEqual([2, 1]);
    expect(await server.json(200, 'GET', '/api/v1/flows/counted/revisions/1')).toEqual(smallFlow('counted'));
    expect((await server.call('GET', '/api/v1/flows/counted/revisions/9')).status).toBe(404);
  });

  test('deploying reaches the bus within a second, replaces the one before, and holds the flow', async () => {
    await create(smallFlow('deployed'));
    await publish('deployed');
    expect((await deploy('deployed')).status).toBe(201);
    const seen = () => server.bus.registry.deployments().some(({ flowId }) => flowId === 'deployed');
    await expect.poll(seen, { timeout: 1000 }).toBe(true);
    expect(await server.bus.registry.getRevision('deployed', 1)).toEqual(smallFlow('deployed'));
    expect((await deploy('deployed')).status).toBe(201);
    const { items } = await server.json<{ items: Deployment[] }>(
      200,
      'GET',
      '/api/v1/environments/dev/deployments?flowId=deployed&history=true',
    );
    expect(items.map(({ status }) => status)).toEqual(['active', 'replaced']);
    expect(await codeOf(await server.call('DELETE', '/api/v1/flows/deployed'))).toEqual({
      status: 409,
      code: 'API_IN_USE',
    });
    await server.json(204, 'DELETE', '/api/v1/environments/dev/deployments/deployed');
    await expect.poll(seen, { timeout: 1000 }).toBe(false);
    expect((await server.call('DELETE', '/api/v1/environments/dev/deployments/deployed')).status).toBe(404);
    await server.json(204, 'DELETE', '/api/v1/flows/deployed');
    expect((await server.call('GET', '/api/v1/flows/deployed')).status).toBe(404);
  });

  test('a hook path belongs to one flow of an environment', async () => {
    await create(smallFlow('first', 'contested'));
    await create(smallFlow('second', 'contested'));
    await publish('first');
    await publish('second');
    expect((await deploy('first')).status).toBe(201);
    expect(await codeOf(await deploy('second'))).toEqual({ status: 409, code: 'FLOW_HOOK_TAKEN' });
    expect((await deploy('second', 'test')).status).toBe(201);
    expect(await codeOf(await deploy('absent'))).toEqual({ status: 404, code: 'API_NOT_FOUND' });
    expect(await codeOf(await deploy('first', 'nowhere'))).toEqual({ status: 404, code: 'API_NOT_FOUND' });
    expect(await codeOf(await deploy('first', 'dev', { revision: 7 }))).toEqual({ status: 404, code: 'API_NOT_FOUND' });
  });

  test('an unsigned hook is free in dev, warned of in test, and needs confirmation in prod', async () => {
    await create(smallFlow('unsigned'));
    await publish('unsigned');
    const warnings = async (answer: Response) =>
      ((await answer.json()) as Deployment).warnings?.map(({ code }) => code);
    expect(await warnings(await deploy('unsigned'))).toBeUndefined();
    expect(await warnings(await deploy('unsigned', 'test'))).toEqual(['FLOW_HOOK_UNSIGNED']);
    expect(await codeOf(await deploy('unsigned', 'prod'))).toEqual({ status: 422, code: 'FLOW_HOOK_UNSIGNED' });
    expect((await deploy('unsigned', 'prod', { confirmUnsigned: true })).status).toBe(201);
  });

  test('a hook with an authentication goes to prod without a warning', async () => {
    const flow = smallFlow('signed');
    const [hook, ...others] = flow.nodes;
    if (!hook) throw new Error('no hook');
    const config = { ...hook.config, authentication: 'shopify' };
    await create({ ...flow, nodes: [{ ...hook, connection: 'shop', config }, ...others] });
    await publish('signed');
    expect(await codeOf(await deploy('signed', 'prod'))).toEqual({ status: 422, code: 'FLOW_NOT_DEPLOYABLE' });
    const secret = {
      env: 'prod',
      name: 'shop',
      type: 'hook-secret',
      settings: {},
      credentials: { secret: 'a secret' },
    };
    await server.json(201, 'POST', '/api/v1/connections', secret);
    const answer = await deploy('signed', 'prod');
    expect(answer.status).toBe(201);
    expect(((await answer.json()) as Deployment).warnings).toBeUndefined();
  });

  test('variables are replaced as a whole and published', async () => {
    const path = '/api/v1/environments/test/variables';
    expect(await server.json(200, 'GET', path)).toEqual({});
    const variables = { erpUrl: 'https://erp.test', limits: [1, 2], odd: 'a\u0000b' };
    await server.json(200, 'PUT', path, variables);
    const stored = { ...variables, odd: 'a\uFFFDb' };
    expect(await server.json(200, 'GET', path)).toEqual(stored);
    await expect.poll(() => server.bus.registry.variables('test'), { timeout: 1000 }).toEqual(stored);
    expect((await server.call('PUT', '/api/v1/environments/nowhere/variables', {})).status).toBe(404);
  });

  test('the list says what is published, deployed and wrong, page by page', async () => {
    const all: FlowRow[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: FlowRow[]; nextCursor: string | null } = await server.json(
        200,
        'GET',
        `/api/v1/flows?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      );
      expect(page.items.length).toBeLessThanOrEqual(2);
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.find(({ id }) => id === 'shop-order-to-erp')).toMatchObject({
      latestRevision: 1,
      unpublished: false,
      deployments: [{ env: 'dev', revision: 1 }],
    });
    expect(all.find(({ id }) => id === 'wrong')).toMatchObject({ latestRevision: null, unpublished: true, issues: 1 });
    const found = await server.json<{ items: FlowRow[] }>(200, 'GET', '/api/v1/flows?q=ORDER%20TO%20E');
    expect(found.items.map(({ id }) => id)).toEqual(['shop-order-to-erp']);
    expect((await server.call('GET', '/api/v1/flows?cursor=odd')).status).toBe(400);
  });

  test('the draft runs once on a sample, its effects simulated', async () => {
    await create(smallFlow('tried'));
    const run = await server.json<{ status: string; spans: { nodeId: string; output?: unknown }[] }>(
      200,
      'POST',
      '/api/v1/flows/tried/test-runs',
      { payload: { name: '#1' } },
    );
    expect(run.status).toBe('succeeded');
    expect(run.spans.find(({ nodeId }) => nodeId === 'map')?.output).toEqual({ order: '#1' });
    expect((await server.call('POST', '/api/v1/flows/wrong/test-runs', { payload: 1 })).status).toBe(422);
  });

  test('watchers see changes as they happen', async () => {
    const stop = new AbortController();
    const answer = await fetch(`${server.url}/api/v1/stream`, {
      headers: { authorization: `Bearer ${ADMIN_KEY}` },
      signal: stop.signal,
    });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (part: string) => {
      while (!text.includes(part)) text += (await reader?.read())?.value ?? '';
    };
    await until('retry:');
    await create(smallFlow('watched'));
    await until('"flowId":"watched"');
    expect(text).toContain('event: flow\n' satisfies `event: ${StreamEvent['kind']}\n`);
    stop.abort();
  });

  test('who has a flow open sees who else has, until they leave', async () => {
    await create(smallFlow('shared'));
    const viewer = { authorization: `Bearer ${await server.keyOf('viewer')}` };
    const editor = (id: string) => `/api/v1/flows/shared/editors/${id}`;
    const heard: StreamEvent[] = [];
    const stop = server.events.subscribe((event) => heard.push(event));
    await server.json(200, 'PUT', editor('window-one'), {});
    const both = await server.json<{ items: FlowEditor[] }>(
      200,
      'PUT',
      editor('window-two'),
      { nodeId: 'map' },
      viewer,
    );
    expect(both.items.map(({ editorId, nodeId }) => [editorId, nodeId])).toEqual([
      ['window-one', undefined],
      ['window-two', 'map'],
    ]);
    expect(both.items[0]).not.toHaveProperty('callerId');
    expect(await codeOf(await server.call('DELETE', editor('window-one'), undefined, viewer))).toEqual({
      status: 409,
      code: 'API_CONFLICT',
    });
    expect((await server.call('DELETE', editor('window-two'), undefined, viewer)).status).toBe(204);
    const told = heard.flatMap(({ kind, data }) => (kind === 'presence' ? [data.editors.length] : []));
    expect(told).toEqual([1, 2, 1]);
    stop();
    expect((await server.call('PUT', '/api/v1/flows/absent/editors/window-one', {})).status).toBe(404);
  });
});
