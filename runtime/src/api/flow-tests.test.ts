import type { FlowTestResult, Recording, TestRun } from '@crossdock/api-contract';
import { openCrossReferences } from '@crossdock/bus';
import type { Flow, FlowTest } from '@crossdock/flow-model';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type RepairBench, startRepairBench } from './repair-bench.testing.ts';

const passing: FlowTest = {
  name: 'is mapped',
  payload: { name: '#1', email: 'ann@example.com' },
  expect: { status: 'succeeded', outputs: { map: { no: '#1', mail: 'ann@example.com' } } },
};
const flowOf = (id: string, more: Partial<Flow> = {}): Flow => ({
  formatVersion: 1,
  id,
  name: id,
  nodes: [
    { id: 'hook', type: 'webhook', config: { path: id } },
    { id: 'map', type: 'transform', config: { mapping: "{ 'no': name, 'mail': email }" } },
    { id: 'call', type: 'http.request', config: { url: `= $vars.target & '/${id}'`, body: '= $' } },
  ],
  edges: [
    { id: 'e1', source: 'hook', sourceHandle: 'out', target: 'map', targetHandle: 'in' },
    { id: 'e2', source: 'map', sourceHandle: 'out', target: 'call', targetHandle: 'in' },
  ],
  ...more,
});

describe('try-out and tests over HTTP', () => {
  let bench: RepairBench;
  beforeAll(async () => {
    bench = await startRepairBench();
  });
  afterAll(() => bench.stop());
  const create = (flow: Flow) => bench.server.json(201, 'POST', '/api/v1/flows', flow);
  const run = (id: string, body: object) =>
    bench.server.json<TestRun>(200, 'POST', `/api/v1/flows/${id}/test-runs`, body);
  const runTests = async (id: string, body = {}) =>
    (await bench.server.json<{ items: FlowTestResult[] }>(200, 'POST', `/api/v1/flows/${id}/tests/run`, body)).items;

  test('a draft runs step by step, with answers, and as one of its tests does', async () => {
    await create(flowOf('stepped', { tests: [passing] }));
    const payload = { name: '#2' };
    const step = await run('stepped', { payload, stopAfter: 2 });
    expect(step).toMatchObject({ status: 'running', next: ['call'], spans: [{ nodeId: 'hook' }, { nodeId: 'map' }] });
    const answers = { call: [{ output: { id: 7 } }] };
    const whole = await run('stepped', { payload, answers });
    expect(whole.spans[2]).toMatchObject({ status: 'simulated', output: { id: 7 }, config: { body: { no: '#2' } } });
    expect(await run('stepped', { test: 'is mapped' })).toMatchObject({ spans: [{}, { output: { no: '#1' } }, {}] });
    expect((await bench.server.call('POST', '/api/v1/flows/stepped/test-runs', { test: 'gone' })).status).toBe(404);
  });

  test('with real effects only nodes without an answer are called', async () => {
    await create(flowOf('real'));
    const payload = { name: '#3' };
    const whole = await run('real', { payload, effects: 'real' });
    expect(whole.spans[2]).toMatchObject({ status: 'succeeded', output: { status: 200 } });
    await run('real', { payload, effects: 'real', answers: { call: [{ output: {} }] } });
    expect(bench.heard.filter(({ path }) => path === '/real')).toHaveLength(1);
  });

  test('tests run all or by name, and say what differs', async () => {
    const failing: FlowTest = { ...passing, name: 'is another', expect: { outputs: { map: { no: '#1' } } } };
    await create(flowOf('tested', { tests: [passing, failing] }));
    expect((await runTests('tested')).map(({ name, passed }) => [name, passed])).toEqual([
      ['is mapped', true],
      ['is another', false],
    ]);
    const [result, ...more] = await runTests('tested', { names: ['is another'] });
    expect(more).toEqual([]);
    expect(result?.differences).toEqual([{ path: 'outputs.map.mail', nodeId: 'map', got: 'ann@example.com' }]);
  });

  test('tests that gate publishing keep a draft from it while one fails, by name', async () => {
    const settings = { testsGate: 'publish' as const };
    await create(flowOf('gated', { settings, tests: [{ ...passing, expect: { status: 'failed' } }] }));
    const publish = (status: number) =>
      bench.server.json<{ code?: string; detail?: string }>(status, 'POST', '/api/v1/flows/gated/revisions', {});
    const refused = await publish(422);
    expect(refused.code).toBe('FLOW_TESTS_FAILED');
    expect(refused.detail).toContain('1 of 1 tests fail: "is mapped"');
    const { headers } = await bench.server.call('GET', '/api/v1/flows/gated');
    const mended = flowOf('gated', { settings, tests: [passing] });
    await bench.server.json(200, 'PUT', '/api/v1/flows/gated', mended, { 'if-match': headers.get('etag') ?? '' });
    await publish(201);
  });

  test('an execution becomes a sample and a test that passes, with invented values where masked ones were', async () => {
    const mask = ['email', '**.mail'];
    await bench.deploy({ ...flowOf('kept', { settings: { mask } }) });
    bench.answers.set('/kept', 422);
    const executionId = await bench.send('kept', { name: '#4', email: 'real.person@shop.de' }, mask);
    await bench.until(executionId, 'failed');
    const recorded = await bench.server.json<Recording>(200, 'GET', `/api/v1/executions/${executionId}/recording`);
    expect(recorded).toMatchObject({
      flowId: 'kept',
      isMasked: true,
      sample: {
        payload: { name: '#4', email: 'ann@example.com' },
        answers: { call: [{ error: { code: 'REMOTE_REJECTED' } }] },
      },
      test: { expect: { status: 'failed', error: { nodeId: 'call' }, path: ['hook', 'map', 'call'] } },
    });
    expect(JSON.stringify(recorded)).not.toContain('real.person');
    const flow = flowOf('kept-too', { settings: { mask }, tests: [recorded.test] });
    await create(flow);
    expect(await runTests('kept-too')).toMatchObject([{ passed: false, differences: [{ path: expect.any(String) }] }]);
    await create({ ...flowOf('kept-again', { tests: [recorded.test] }), nodes: flowOf('kept').nodes });
    expect(await runTests('kept-again')).toMatchObject([{ passed: true }]);
  });

  test('a run and an execution that looked an id up become tests that find it again', async () => {
    const { server } = bench;
    const actor = { executionId: 'e', holder: 'h', owner: 'o' };
    const ids = [
      { system: 'shop', id: '#5' },
      { system: 'odoo', id: '7' },
    ];
    await openCrossReferences(server.bus.xrefs).of('dev', actor).link({ entity: 'customer', ids, several: false });
    const looking = (id: string, more: Partial<Flow> = {}): Flow => {
      const flow = flowOf(id, more);
      const mapping = "{ 'partner': $xref('customer', 'shop', name, 'odoo') }";
      return {
        ...flow,
        nodes: flow.nodes.map((node) => (node.id === 'map' ? { ...node, config: { mapping } } : node)),
      };
    };
    await bench.deploy({ ...looking('looking') });
    const xrefs = [{ entity: 'customer', ids: { shop: '#5', odoo: '7' } }];
    expect((await run('looking', { payload: { name: '#5' } })).xrefs).toEqual(xrefs);
    const executionId = await bench.send('looking', { name: '#5' });
    await bench.until(executionId, 'succeeded');
    // What nodes answered may come a moment after the end.
    const recorded = await vi.waitFor(
      () => server.json<Recording>(200, 'GET', `/api/v1/executions/${executionId}/recording`),
      { timeout: 20_000, interval: 100 },
    );
    expect(recorded.test).toMatchObject({ xrefs, expect: { status: 'succeeded', outputs: { map: { partner: '7' } } } });
    await create({ ...looking('looking-too', { tests: [recorded.test] }), nodes: looking('looking').nodes });
    expect(await runTests('looking-too')).toMatchObject([{ passed: true }]);
  });
});
