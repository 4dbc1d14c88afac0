import type { Deployment, DeploymentCheck, Environment, Problem, VariableUse } from '@crossdock/api-contract';
import type { FlowDiff } from '@crossdock/flow-model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiServer, smallFlow, startApiServer } from '../api-server.testing.ts';

let server: ApiServer;
beforeAll(async () => {
  server = await startApiServer();
});
afterAll(() => server.stop());

const at = (env: string, rest = '') => `/api/v1/environments/${env}/deployments${rest}`;
const history = async (flowId: string, env = 'dev') =>
  (await server.json<{ items: Deployment[] }>(200, 'GET', at(env, `?flowId=${flowId}&history=true`))).items;
const active = async (flowId: string, env = 'dev') =>
  (await server.json<{ items: Deployment[] }>(200, 'GET', at(env, `?flowId=${flowId}`))).items[0];
const problemOf = async (status: number, answer: Response) => {
  const problem = (await answer.json()) as Problem;
  expect([answer.status, problem]).toEqual([status, expect.anything()]);
  return problem;
};
const onBus = (flowId: string, env = 'dev') =>
  server.bus.registry.deployments().find((each) => each.env === env && each.flowId === flowId)?.revision;

/** Publishes a revision for each mapping; gives nothing, as they count up from 1. */
async function publish(flowId: string, ...mappings: string[]): Promise<void> {
  for (const [index, mapping] of mappings.entries()) {
    const flow = smallFlow(flowId);
    (flow.nodes[1] as { config: object }).config = { mapping };
    if (index === 0) await server.json(201, 'POST', '/api/v1/flows', flow);
    else await server.json(200, 'PUT', `/api/v1/flows/${flowId}`, flow, { 'if-match': '*' });
    await server.json(201, 'POST', `/api/v1/flows/${flowId}/revisions`, { message: '' });
  }
}
const deploy = (flowId: string, revision: number, env = 'dev', more: object = {}) =>
  server.json<Deployment>(201, 'POST', at(env), { flowId, revision, ...more });
const rollBack = (flowId: string, env = 'dev') => server.json<Deployment>(201, 'POST', at(env, `/${flowId}/rollback`));

describe('rolling back', () => {
  test('goes to what ran before, again to what ran before that, and then says that there is nothing more', async () => {
    await publish('back', '1', '2', '3');
    expect((await problemOf(409, await server.call('POST', at('dev', '/back/rollback')))).detail).toContain(
      'never ran',
    );
    for (const revision of [1, 2, 3, 3]) await deploy('back', revision);
    expect(await active('back')).toMatchObject({ revision: 3, rollbackTo: 2 });
    expect(await rollBack('back')).toMatchObject({ revision: 2, action: 'rollback', since: 3, status: 'active' });
    await expect.poll(() => onBus('back'), { timeout: 1000 }).toBe(2);
    expect(await active('back')).toMatchObject({ revision: 2, rollbackTo: 1 });
    expect(await rollBack('back')).toMatchObject({ revision: 1 });
    const refused = await problemOf(409, await server.call('POST', at('dev', '/back/rollback')));
    expect(refused).toMatchObject({
      code: 'API_NOTHING_BEFORE',
      detail: expect.stringContaining('revision 1 is the first'),
    });
    await deploy('back', 3);
    expect(await rollBack('back')).toMatchObject({ revision: 1 });
  });

  test('brings back what was undeployed', async () => {
    await publish('undone', '1', '2');
    await deploy('undone', 1);
    await deploy('undone', 2);
    await server.json(204, 'DELETE', at('dev', '/undone'));
    expect(onBus('undone')).toBeUndefined();
    expect(await active('undone')).toBeUndefined();
    const last = await server.json<{ items: Deployment[] }>(200, 'GET', at('dev', '?undeployed=true&flowId=undone'));
    expect(last.items).toMatchObject([{ revision: 2, status: 'removed', rollbackTo: 2 }]);
    expect(await rollBack('undone')).toMatchObject({ revision: 2 });
    expect(await rollBack('undone')).toMatchObject({ revision: 1 });
  });

  test('needs no second word for a hook that was confirmed then', async () => {
    await publish('confirmed', '1', '2');
    await deploy('confirmed', 1, 'prod', { confirmUnsigned: true });
    await deploy('confirmed', 2, 'prod', { confirmUnsigned: true });
    expect(await rollBack('confirmed', 'prod')).toMatchObject({
      revision: 1,
      warnings: [{ code: 'FLOW_HOOK_UNSIGNED' }],
    });
  });
});

describe('promoting', () => {
  test('takes the revision that runs in the environment before, or in the one that is named', async () => {
    await publish('up', '1', '2');
    const promote = (env: string, body?: object) => server.call('POST', at(env, '/up/promote'), body);
    expect((await problemOf(404, await promote('test'))).detail).toContain('"dev/up"');
    await deploy('up', 1);
    await deploy('up', 2);
    expect(await server.json(201, 'POST', at('test', '/up/promote'))).toMatchObject({
      ...{ revision: 2, env: 'test', action: 'promote', from: 'dev' },
    });
    await deploy('up', 1);
    const refused = await problemOf(422, await promote('prod', { from: 'dev' }));
    expect(refused.code).toBe('FLOW_HOOK_UNSIGNED');
    const done = (await (await promote('prod', { from: 'dev', confirmUnsigned: true })).json()) as Deployment;
    expect(done).toMatchObject({ revision: 1, from: 'dev' });
    expect(await (await promote('prod', { confirmUnsigned: true })).json()).toMatchObject({
      revision: 2,
      from: 'test',
    });
    await problemOf(400, await promote('dev'));
    await problemOf(400, await promote('test', { from: 'test' }));
    await problemOf(404, await promote('test', { from: 'nowhere' }));
  });
});

describe('the history', () => {
  test('says who, when, what changed, and how each ended', async () => {
    await publish('told', '{ "order": name }', '{ "order": no }');
    await deploy('told', 1);
    await deploy('told', 2);
    await server.json(204, 'DELETE', at('dev', '/told'));
    const [undeployed, second, first] = await history('told');
    expect(undeployed).toMatchObject({
      ...{
        action: 'undeploy',
        revision: 2,
        status: 'removed',
        deployedBy: second?.endedBy,
        deployedAt: second?.endedAt,
      },
    });
    expect(first).toMatchObject({ revision: 1, status: 'replaced', action: 'deploy', endedAt: second?.deployedAt });
    expect(first).not.toHaveProperty('changes');
    expect(second).toMatchObject({
      ...{ revision: 2, status: 'removed', since: 1, deployedBy: second?.endedBy },
      changes: { nodes: [{ nodeId: 'map', change: 'changed', fields: ['config.mapping'] }], edges: 0, fields: [] },
    });
    // It runs in no list of what runs or ran, and what is deployed next follows it.
    await deploy('told', 1);
    expect((await history('told')).map(({ action, since }) => [action, since])).toEqual([
      ['deploy', 2],
      ['undeploy', undefined],
      ['deploy', 1],
      ['deploy', undefined],
    ]);
    expect(await rollBack('told')).toMatchObject({ revision: 2, since: 1 });
    const diff = await server.json<FlowDiff>(200, 'GET', '/api/v1/flows/told/revisions/2/changes?since=1');
    expect(diff.nodes[0]?.fields).toEqual([
      { keys: ['config', 'mapping'], before: '{ "order": name }', after: '{ "order": no }' },
    ]);
    await problemOf(404, await server.call('GET', '/api/v1/flows/told/revisions/2/changes?since=9'));
  });
});

describe('what is missing', () => {
  test('is found before, by name, by the check and by the deployment alike', async () => {
    await publish('needy', '{ "order": name }', '{ "url": $vars.neededUrl, "note": $vars.note ?? "" }');
    await deploy('needy', 1, 'test');
    const check = () => server.json<DeploymentCheck>(200, 'GET', at('test', '/needy/check?revision=2'));
    const before = await check();
    expect(before).toMatchObject({ flowId: 'needy', revision: 2, env: 'test', since: 1 });
    expect(before.changes?.nodes).toMatchObject([{ nodeId: 'map' }]);
    expect(before.issues.map(({ code, severity }) => [code, severity])).toEqual([
      ['FLOW_HOOK_UNSIGNED', 'warning'],
      ['CONFIG_VARIABLE_MISSING', 'error'],
    ]);
    const refused = await problemOf(422, await server.call('POST', at('test'), { flowId: 'needy', revision: 2 }));
    expect(refused).toMatchObject({ code: 'FLOW_NOT_DEPLOYABLE', issues: before.issues });
    expect(refused.detail).toContain('variable "neededUrl" is not set in test');
    expect(onBus('needy', 'test')).toBe(1);
    const variables = await server.json<object>(200, 'GET', '/api/v1/environments/test/variables');
    await server.json(200, 'PUT', '/api/v1/environments/test/variables', { ...variables, neededUrl: 'http://x' });
    expect((await check()).issues.map(({ code }) => code)).toEqual(['FLOW_HOOK_UNSIGNED']);
    expect(await deploy('needy', 2, 'test')).toMatchObject({ revision: 2 });
    await problemOf(404, await server.call('GET', at('test', '/needy/check?revision=9')));
    await problemOf(404, await server.call('GET', at('nowhere', '/needy/check?revision=1')));
  });
});

test('an address that the environment refuses is warned of, by the check and the deployment, until it is allowed there', async () => {
  const flow = smallFlow('private');
  const call = { id: 'map', name: 'Send', type: 'http.request', config: { url: '= $vars.privateUrl & "/orders"' } };
  await server.json(201, 'POST', '/api/v1/flows', { ...flow, nodes: [flow.nodes[0], call] });
  await server.json(201, 'POST', '/api/v1/flows/private/revisions', { message: '' });
  await server.json(200, 'PUT', '/api/v1/environments/dev/variables', { privateUrl: 'http://10.7.0.5:8080' });
  const warnings = async () =>
    (await server.json<DeploymentCheck>(200, 'GET', at('dev', '/private/check?revision=1'))).issues;
  const found = [{ code: 'CONFIG_EGRESS_BLOCKED', severity: 'warning', nodeId: 'map' }];
  expect(await warnings()).toMatchObject(found);
  expect(await deploy('private', 1)).toMatchObject({ warnings: found });
  await server.json(200, 'PUT', '/api/v1/environments/dev/egress', { allow: ['10.7.0.5:8080'] });
  await expect.poll(warnings).toEqual([]);
});

describe('undeploying', () => {
  test('can be asked first whose calls would fail', async () => {
    const called = { ...smallFlow('called'), nodes: [{ id: 'start', type: 'flow.called', config: {} }], edges: [] };
    const calling = smallFlow('calling');
    (calling.nodes as object[])[1] = { id: 'map', name: 'Ask', type: 'flow.call', config: { flowId: 'called' } };
    for (const flow of [called, calling]) {
      await server.json(201, 'POST', '/api/v1/flows', flow);
      await server.json(201, 'POST', `/api/v1/flows/${(flow as { id: string }).id}/revisions`, { message: '' });
    }
    await deploy('called', 1);
    const callers = (env = 'dev') => server.json(200, 'GET', at(env, '/called/callers'));
    expect(await callers()).toEqual({ items: [], nextCursor: null });
    await deploy('calling', 1);
    const ask = { flowId: 'calling', flowName: calling.name, nodeId: 'map', nodeName: 'Ask', revision: 1 };
    expect(await callers()).toEqual({ items: [ask], nextCursor: null });
    expect(await callers('test')).toEqual({ items: [], nextCursor: null });
    await problemOf(404, await server.call('GET', at('nowhere', '/called/callers')));
  });
});

describe('variables', () => {
  test('have names that flows can read; odd ones that are there already stay', async () => {
    const path = '/api/v1/environments/test/variables';
    const before = await server.json<object>(200, 'GET', path);
    for (const name of ['two words', 'erp-url', '2nd', '']) {
      const refused = await problemOf(400, await server.call('PUT', path, { ...before, [name]: 1 }));
      expect(refused.detail).toContain(`"${name}" is no name that flows can read`);
    }
    await server.db.kysely
      .insertInto('variables')
      .values({ env: 'test', variables: JSON.stringify({ 'two words': 1 }), updated_at: new Date(), updated_by: 'x' })
      .onConflict((conflict) => conflict.column('env').doUpdateSet({ variables: JSON.stringify({ 'two words': 1 }) }))
      .execute();
    await server.json(200, 'PUT', path, { ...before, 'two words': 2, erpUrl2: '' });
    await server.json(200, 'PUT', path, before);
  });

  test('are told where they are read, and whether it can be done without', async () => {
    await publish('reader', '{ "a": $vars.readA, "b": $vars.readB ?? "" }', '{ "c": $vars.readC }');
    await server.json(200, 'PUT', '/api/v1/environments/dev/variables', { readA: 1 });
    await deploy('reader', 1);
    const uses = async (env: string) =>
      (
        await server.json<{ items: VariableUse[] }>(200, 'GET', `/api/v1/environments/${env}/variables/usage`)
      ).items.flatMap(({ name, flowId, nodeId, revision, isNeeded }) =>
        flowId === 'reader' ? [[name, nodeId, revision, isNeeded]] : [],
      );
    expect(await uses('dev')).toEqual([
      ['readA', 'map', 1, true],
      ['readB', 'map', 1, false],
      ['readC', 'map', null, true],
    ]);
    expect(await uses('prod')).toEqual([['readC', 'map', null, true]]);
    await problemOf(404, await server.call('GET', '/api/v1/environments/nowhere/variables/usage'));
  });
});

describe('environments', () => {
  const names = async () =>
    (await server.json<{ items: Environment[] }>(200, 'GET', '/api/v1/environments')).items.map(({ name }) => name);

  test('are renamed, ordered, and deleted when nothing is deployed there', async () => {
    await server.json(201, 'POST', '/api/v1/environments', { name: 'qa' });
    expect(await names()).toEqual(['dev', 'test', 'prod', 'qa']);
    const changed = { title: 'Quality', tone: 'amber' };
    expect(await server.json(200, 'PUT', '/api/v1/environments/qa', changed)).toEqual({ name: 'qa', ...changed });
    await problemOf(404, await server.call('PUT', '/api/v1/environments/none', changed));
    const order = (...all: string[]) => server.call('PUT', '/api/v1/environments', { names: all });
    expect((await order('dev', 'qa', 'test', 'prod')).status).toBe(200);
    expect(await names()).toEqual(['dev', 'qa', 'test', 'prod']);
    for (const wrong of [['dev'], ['dev', 'qa', 'test', 'test'], ['dev', 'qa', 'test', 'prod', 'prod']])
      expect((await problemOf(400, await order(...wrong))).detail).toContain('dev, prod, qa, test');

    await publish('moved', '1');
    await deploy('moved', 1);
    await server.json(201, 'POST', at('qa', '/moved/promote'));
    await server.json(200, 'PUT', '/api/v1/environments/qa/variables', { x: 1 });
    const used = await problemOf(409, await server.call('DELETE', '/api/v1/environments/qa'));
    expect(used).toMatchObject({ code: 'API_IN_USE', detail: expect.stringContaining('moved is deployed there') });
    await server.json(204, 'DELETE', at('qa', '/moved'));
    await server.json(204, 'DELETE', '/api/v1/environments/qa');
    expect(await names()).toEqual(['dev', 'test', 'prod']);
    await expect.poll(() => server.bus.registry.variables('qa')).toEqual({});
    await problemOf(404, await server.call('DELETE', '/api/v1/environments/qa'));
    await problemOf(409, await server.call('DELETE', '/api/v1/environments/dev'));
  });

  test('have each a list of private hosts, which says where a rule is wrong', async () => {
    const path = '/api/v1/environments/test/egress';
    const installation = ['127.0.0.1'];
    expect(await server.json(200, 'GET', path)).toEqual({ allow: [], installation });
    const wrong = await problemOf(400, await server.call('PUT', path, { allow: ['erp:8069', 'http://erp'] }));
    expect(wrong.detail).toMatch(/"allow\.1" is "http:\/\/erp"; write a host/);
    const allow = ['erp:8069', '10.1.0.0/16'];
    expect(await server.json(200, 'PUT', path, { allow: [...allow, ' erp:8069'] })).toEqual({ allow, installation });
    await expect.poll(() => server.bus.registry.egress('test')).toEqual(allow);
    expect(server.bus.registry.egress('prod')).toEqual([]);
    await problemOf(404, await server.call('GET', '/api/v1/environments/nowhere/egress'));
  });
});
