import { manifestsByType } from '@crossdock/connectors/manifests';
import { runnersByType } from '@crossdock/connectors/runners';
import type { Flow, FlowTest } from '@crossdock/flow-model';
import { describe, expect, it } from 'vitest';
import { runFlowTest, runFlowTests } from './run-flow-tests.ts';

const flow: Flow = {
  formatVersion: 1,
  id: 'orders',
  name: 'Orders',
  nodes: [
    { id: 'hook', type: 'webhook', config: { path: 'orders' } },
    { id: 'map', type: 'transform', config: { mapping: "{ 'no': number, 'at': $meta.receivedAt, 'seen': $now() }" } },
    { id: 'erp', type: 'http.request', config: { url: "= $vars.erp & '/orders'", body: '= $' } },
  ],
  edges: [
    { id: 'e1', source: 'hook', sourceHandle: 'out', target: 'map', targetHandle: 'in' },
    { id: 'e2', source: 'map', sourceHandle: 'out', target: 'erp', targetHandle: 'in' },
  ],
  samples: [{ name: 'One', payload: { number: 7 }, answers: { erp: [{ output: { id: 'from the sample' } }] } }],
};
const ports = { manifests: manifestsByType, runners: runnersByType };
const at = '2026-02-03T04:05:06.000Z';
const test: FlowTest = {
  name: 'arrives',
  sample: 'One',
  receivedAt: at,
  variables: { erp: 'https://erp.example.com' },
  expect: {
    status: 'succeeded',
    path: ['hook', 'map', 'erp'],
    outputs: { map: { no: 7, at, seen: at }, erp: { id: 'from the sample' } },
    calls: {
      erp: [
        {
          method: 'POST',
          url: 'https://erp.example.com/orders',
          headers: {},
          signing: 'none',
          body: { no: 7, at, seen: at },
        },
      ],
    },
  },
};

describe('a test of a flow', () => {
  it('runs the flow without any effect, at its own moment, with the answers of its sample', async () => {
    expect(await runFlowTest(flow, test, ports)).toMatchObject({ passed: true, differences: [] });
  });

  it('patches what comes in, and wins over its sample', async () => {
    const other = { ...test, patch: { number: 8 }, answers: { erp: [{ error: { code: 'REMOTE_REJECTED' } }] } };
    const { passed, got, differences } = await runFlowTest(flow, { ...other, expect: { status: 'succeeded' } }, ports);
    expect(passed).toBe(false);
    expect(got).toMatchObject({ outputs: { map: { no: 8 } }, error: { code: 'REMOTE_REJECTED', nodeId: 'erp' } });
    expect(differences).toEqual([{ path: 'status', expected: 'succeeded', got: 'failed' }]);
  });

  it.each<[Partial<FlowTest>, string]>([
    [{ sample: 'Two' }, 'its sample "Two" is no sample of the flow'],
    [{ trigger: 'gone' }, 'its trigger "gone" is no node of the flow'],
    [{ receivedAt: 'today' }, 'its "receivedAt" is "today"'],
  ])('says what keeps it from being run: %o', async (change, problem) => {
    const result = await runFlowTest(flow, { ...test, ...change }, ports);
    expect(result).toMatchObject({ passed: false, problem: expect.stringContaining(problem) });
  });

  it('runs all, one after the other', async () => {
    const tests = [test, { ...test, name: 'fails', expect: { status: 'failed' as const } }];
    const results = await runFlowTests({ ...flow, tests }, ports);
    expect(results.map(({ name, passed }) => [name, passed])).toEqual([
      ['arrives', true],
      ['fails', false],
    ]);
  });
});
