import { manifestsByType } from '@crossdock/connectors/manifests';
import { answerNarrowersByType, runnersByType } from '@crossdock/connectors/runners';
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
const ports = { manifests: manifestsByType, runners: runnersByType, narrowers: answerNarrowersByType };
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

describe('a test with cross-references', () => {
  const linking: Flow = {
    formatVersion: 1,
    id: 'customers',
    name: 'Customers',
    nodes: [
      { id: 'hook', type: 'webhook', config: { path: 'customers' } },
      {
        id: 'reserve',
        type: 'xref.reserve',
        config: { entity: 'customer', system: 'shop', id: '= id', toSystem: 'odoo' },
      },
      {
        id: 'link',
        type: 'xref.link',
        config: { entity: 'customer', system: 'shop', id: '= $trigger.id', toSystem: 'odoo', toId: '8' },
      },
      { id: 'say', type: 'transform', config: { mapping: "$xref('customer', 'shop', $trigger.id, 'odoo')" } },
    ],
    edges: [
      { id: 'e1', source: 'hook', sourceHandle: 'out', target: 'reserve', targetHandle: 'in' },
      { id: 'e2', source: 'reserve', sourceHandle: 'reserved', target: 'link', targetHandle: 'in' },
      { id: 'e3', source: 'link', sourceHandle: 'out', target: 'say', targetHandle: 'in' },
      { id: 'e4', source: 'reserve', sourceHandle: 'linked', target: 'say', targetHandle: 'in' },
    ],
  };
  const run = async (more: Partial<FlowTest>) =>
    (await runFlowTest(linking, { name: 'links', payload: { id: 4711 }, expect: {}, ...more }, ports)).got;
  const known = (odoo: string | string[]) => [{ entity: 'customer', ids: { shop: '4711', odoo } }];

  it('finds them, in mappings and in the nodes of cross-references', async () => {
    expect(await run({ xrefs: known('7') })).toMatchObject({
      ...{ status: 'succeeded', path: ['hook', 'reserve', 'say'] },
      outputs: { reserve: { recordId: 'xref-1', id: '7' }, say: '7' },
      calls: { reserve: [{ entity: 'customer', id: 4711 }] },
    });
    expect((await run({ xrefs: known(['7', '8']) }))?.error?.code).toBe('DATA_XREF_SEVERAL');
  });

  it('finds what its own nodes linked', async () => {
    expect(await run({ xrefs: [] })).toMatchObject({
      ...{ path: ['hook', 'reserve', 'link', 'say'], outputs: { say: '8' } },
      calls: { link: [{ toId: '8' }] },
    });
    const other = [{ entity: 'customer', ids: { crm: '5', odoo: '8' } }];
    expect(await run({ xrefs: other })).toMatchObject({ outputs: { say: '8' } });
  });

  it('refuses a link that gives a thing two ids of one system', async () => {
    const answers = { reserve: [{ output: { recordId: 'r', until: at } }] };
    expect(await run({ xrefs: known('7'), answers })).toMatchObject({
      error: { code: 'DATA_XREF_CONFLICT', nodeId: 'link', details: { one: 'odoo "7"', other: 'odoo "8"' } },
    });
  });

  it('answers for the nodes without any, and finds nothing', async () => {
    expect(await run({})).toMatchObject({
      ...{ status: 'failed', path: ['hook', 'reserve', 'link', 'say'] },
      error: { code: 'DATA_XREF_MISSING', nodeId: 'say' },
    });
  });
});

describe('a test with records that stand for Odoo', () => {
  const searching: Flow = {
    formatVersion: 1,
    id: 'searching',
    name: 'Searching',
    nodes: [
      { id: 'hook', type: 'webhook', config: { path: 'orders' } },
      {
        id: 'find',
        type: 'odoo.search',
        config: { model: 'sale.order', domain: "[['name', '=', $trigger.no]]", fields: ['name'] },
        connection: 'odoo',
      },
    ],
    edges: [{ id: 'e1', source: 'hook', sourceHandle: 'out', target: 'find', targetHandle: 'in' }],
  };

  it('finds those that the domain lets through', async () => {
    const known = { id: 2, name: 'S2' };
    const answers = { find: [{ output: { records: [{ id: 1, name: 'S1' }, known], more: false } }] };
    const found = async (no: string) =>
      (await runFlowTest(searching, { name: 'finds', payload: { no }, answers, expect: {} }, ports)).got?.outputs?.find;
    expect(await found('S2')).toEqual({ records: [known], more: false });
    expect(await found('S3')).toEqual({ records: [], more: false });
  });
});
