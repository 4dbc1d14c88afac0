import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import type { Flow, FlowNode } from './document.ts';
import type { Issue } from './issue.ts';
import { sampleFlow, sampleManifests } from './testing/sample-flow.ts';
import { type ValidationContext, validateFlow } from './validate-flow.ts';

const context: ValidationContext = {
  manifests: sampleManifests,
  checkMapping: (source) => {
    try {
      jsonata(source);
      return undefined;
    } catch (error) {
      const { message, position } = error as { message: string; position: number };
      return { message, position };
    }
  },
  mappingFaults: (source) =>
    source.includes('$nowhere(')
      ? [{ message: 'There is no function `$nowhere`.', from: source.indexOf('$nowhere') }]
      : [],
  checkSchema: (schema) =>
    JSON.stringify(schema).includes('"nonsense"') ? 'type "nonsense" does not exist' : undefined,
};

function issuesOf(change: (flow: Flow) => unknown): Issue[] {
  const flow = sampleFlow();
  const changed = change(flow);
  return validateFlow(changed ?? flow, context);
}

/** Code, path, node and edge: what tells where an issue is. */
function placesOf(change: (flow: Flow) => unknown): string[] {
  return issuesOf(change).map(({ code, path, nodeId, edgeId }) =>
    [code, path, nodeId ?? edgeId].filter(Boolean).join(' '),
  );
}

const node = (flow: Flow, id: string): FlowNode => flow.nodes.find((one) => one.id === id) as FlowNode;
const set = (target: object, fields: object) => void Object.assign(target, fields);
const edge = (id: string, source: string, target: string, handles: object = {}) => ({
  id,
  source,
  sourceHandle: 'out',
  target,
  targetHandle: 'in',
  ...handles,
});

describe('validateFlow', () => {
  it('finds nothing wrong with the example', () => {
    expect(validateFlow(sampleFlow(), context)).toEqual([]);
  });

  it.each<[title: string, change: (flow: Flow) => unknown, places: string[]]>([
    ['no object', () => 7, ['FLOW_SCHEMA']],
    [
      'a missing field',
      (flow) => set(flow, { name: undefined }) ?? JSON.parse(JSON.stringify(flow)),
      ['FLOW_SCHEMA /name'],
    ],
    ['an unknown format', (flow) => set(flow, { formatVersion: 2 }), ['FLOW_SCHEMA /formatVersion']],
    ['a bad flow id', (flow) => set(flow, { id: 'Shop Order' }), ['FLOW_SCHEMA /id']],
    ['an unknown field', (flow) => set(flow, { colour: 'red' }), ['FLOW_UNKNOWN_FIELD /colour']],
    [
      'an unknown node field',
      (flow) => set(node(flow, 'map'), { retries: 3 }),
      ['FLOW_UNKNOWN_FIELD /nodes/1/retries map'],
    ],
    [
      'an unknown edge field',
      (flow) => set(flow.edges[0] as object, { label: '' }),
      ['FLOW_UNKNOWN_FIELD /edges/0/label e1'],
    ],
    [
      'an unknown setting',
      (flow) => set(flow.settings as object, { 'a/b~': 1 }),
      ['FLOW_UNKNOWN_FIELD /settings/a~1b~0'],
    ],
    [
      'an unknown node type',
      (flow) => set(node(flow, 'map'), { type: 'transfrom' }),
      ['FLOW_UNKNOWN_NODE_TYPE /nodes/1/type map'],
    ],
    [
      'a wrong type version',
      (flow) => set(node(flow, 'map'), { typeVersion: 2 }),
      ['FLOW_NODE_TYPE_VERSION /nodes/1/typeVersion map'],
    ],
    [
      'a missing setting',
      (flow) => set(node(flow, 'hook'), { config: {} }),
      ['FLOW_NODE_CONFIG /nodes/0/config/path hook'],
    ],
    [
      'an unknown setting of a node',
      (flow) => set(node(flow, 'hook').config, { pth: 1 }),
      ['FLOW_UNKNOWN_FIELD /nodes/0/config/pth hook'],
    ],
    [
      'a setting of the wrong type',
      (flow) => set(node(flow, 'hook').config, { path: 5 }),
      ['FLOW_NODE_CONFIG /nodes/0/config/path hook'],
    ],
    [
      'a config that is no object',
      (flow) => set(node(flow, 'hook'), { config: [] }),
      ['FLOW_SCHEMA /nodes/0/config hook'],
    ],
    [
      'attempts out of range',
      (flow) => set(node(flow, 'erp'), { retry: { maxAttempts: 0 } }),
      ['FLOW_SCHEMA /nodes/3/retry/maxAttempts erp'],
    ],
    [
      'a jitter over 1',
      (flow) => set(node(flow, 'erp'), { retry: { jitter: 1.5 } }),
      ['FLOW_SCHEMA /nodes/3/retry/jitter erp'],
    ],
    ['a negative timeout', (flow) => set(node(flow, 'erp'), { timeoutMs: -1 }), ['FLOW_SCHEMA /nodes/3/timeoutMs erp']],
    [
      'an unknown onError',
      (flow) => set(node(flow, 'erp'), { onError: 'retry' }),
      ['FLOW_SCHEMA /nodes/3/onError erp'],
    ],
    [
      'a connection nobody uses',
      (flow) => set(node(flow, 'map'), { connection: 'erp' }),
      ['FLOW_NODE_CONFIG /nodes/1/connection map'],
    ],
    [
      'a mask path that cannot be',
      (flow) => set(flow.settings as object, { mask: ['ok', 'a..b'] }),
      ['FLOW_SCHEMA /settings/mask/1'],
    ],
    [
      'a key that does not parse',
      (flow) => set(flow.settings?.businessKeys as object, { po: '(' }),
      ['FLOW_MAPPING_SYNTAX /settings/businessKeys/po'],
    ],
    [
      'a dedupe key that does not parse',
      (flow) => set(flow.settings as object, { dedupeKey: 'a b' }),
      ['FLOW_MAPPING_SYNTAX /settings/dedupeKey'],
    ],
    [
      'an ordering key that does not parse',
      (flow) => set(flow.settings as object, { orderingKey: '' }),
      ['FLOW_MAPPING_SYNTAX /settings/orderingKey'],
    ],
    [
      'an expression that does not parse',
      (flow) => set(node(flow, 'erp').config, { url: '= $vars.' }),
      ['FLOW_MAPPING_SYNTAX /nodes/3/config/url erp'],
    ],
    [
      'a JSON Schema that is none',
      (flow) => set(node(flow, 'chk'), { config: { schema: { type: 'nonsense' } } }),
      ['FLOW_NODE_CONFIG /nodes/2/config/schema chk'],
    ],
    [
      'two nodes with one id',
      (flow) => void flow.nodes.push({ ...node(flow, 'map') }),
      ['FLOW_DUPLICATE_ID /nodes/4/id map'],
    ],
    [
      'two edges with one id',
      (flow) => set(flow.edges[1] as object, { id: 'e1' }),
      ['FLOW_DUPLICATE_ID /edges/1/id e1'],
    ],
    [
      'two edges between the same handles',
      (flow) => void flow.edges.push(edge('e9', 'hook', 'map')),
      ['FLOW_EDGE_DUPLICATE /edges/3 e9'],
    ],
    [
      'an edge to nowhere',
      (flow) => void flow.edges.push(edge('e9', 'erp', 'gone')),
      ['FLOW_EDGE_DANGLING /edges/3/target e9'],
    ],
    [
      'an edge from nowhere',
      (flow) => void flow.edges.push(edge('e9', 'gone', 'erp')),
      ['FLOW_EDGE_DANGLING /edges/3/source e9'],
    ],
    [
      'an edge into a trigger',
      (flow) => {
        flow.nodes.push({ id: 'h2', type: 'webhook', config: { path: 'x' } });
        flow.edges.push(edge('e9', 'map', 'h2'));
      },
      ['FLOW_TRIGGER_INPUT /edges/3/target h2'],
    ],
    [
      'a source handle that does not exist',
      (flow) => set(flow.edges[1] as object, { sourceHandle: 'done' }),
      ['FLOW_EDGE_HANDLE /edges/1/sourceHandle map'],
    ],
    [
      'a target handle that does not exist',
      (flow) => set(flow.edges[1] as object, { targetHandle: 'left' }),
      ['FLOW_EDGE_HANDLE /edges/1/targetHandle chk'],
    ],
    ['a cycle', (flow) => void flow.edges.push(edge('e9', 'chk', 'map')), ['FLOW_CYCLE /edges/3 map']],
    ['an edge to its own node', (flow) => void flow.edges.push(edge('e9', 'map', 'map')), ['FLOW_CYCLE /edges/3 map']],
    [
      'no trigger',
      (flow) => set(flow, { nodes: flow.nodes.slice(1), edges: flow.edges.slice(1) }),
      ['FLOW_NO_TRIGGER /nodes'],
    ],
    ['an empty flow', (flow) => set(flow, { nodes: [], edges: [] }), ['FLOW_NO_TRIGGER /nodes']],
    [
      'a branch that nothing leads to',
      (flow) => set(flow, { edges: flow.edges.slice(1) }),
      ['FLOW_UNREACHABLE /nodes/1 map'],
    ],
  ])('says one thing about %s', (_title, change, places) => {
    expect(placesOf(change)).toEqual(places);
  });

  it('names the field and the way to mend it', () => {
    const messages = (change: (flow: Flow) => unknown) => issuesOf(change).map((issue) => issue.message);
    expect(messages((flow) => set(node(flow, 'hook').config, { method: 'GET' }))).toEqual([
      '"config.method" must be one of "POST", "PUT". Correct the setting in the inspector.',
    ]);
    expect(messages((flow) => set(node(flow, 'erp'), { retry: { maxAttempts: 2.5 } }))).toEqual([
      '"retry.maxAttempts" must be a whole number. Compare the file with the flow document JSON Schema.',
    ]);
    expect(messages((flow) => void flow.edges.push(edge('e9', 'erp', 'hook'), edge('e10', 'erp', 'map')))[1]).toBe(
      'The nodes "map", "chk", "erp" form a cycle. Remove one edge of the cycle.',
    );
  });

  it('gives the position of a syntax error in the expression, without the "="', () => {
    const [mapping] = issuesOf((flow) => set(node(flow, 'map'), { config: { mapping: 'a + * b' } }));
    expect(mapping).toMatchObject({ code: 'FLOW_MAPPING_SYNTAX', path: '/nodes/1/config/mapping' });
    const [expression] = issuesOf((flow) => set(node(flow, 'erp').config, { url: '=a )' }));
    expect(expression?.position).toBeLessThanOrEqual(4);
    expect(context.checkMapping('a )')?.position).toBe(expression?.position);
  });

  it('warns of a mapping that fails whatever arrives, at its place', () => {
    const faults = issuesOf((flow) => set(node(flow, 'map'), { config: { mapping: '{ "a": $nowhere(b) }' } }));
    expect(faults).toMatchObject([
      { code: 'FLOW_MAPPING_FAULT', severity: 'warning', path: '/nodes/1/config/mapping', position: 7 },
    ]);
    expect(faults[0]?.message).toBe(
      'The mapping fails or never works: There is no function `$nowhere`. Correct config.mapping at character 8.',
    );
  });

  it('lets an expression stand where another type is asked for, and no other text', () => {
    const maxBytes = (value: unknown) => placesOf((flow) => set(node(flow, 'erp').config, { maxBytes: value }));
    expect(maxBytes('= 5 * 2')).toEqual([]);
    expect(maxBytes('5')).toEqual(['FLOW_NODE_CONFIG /nodes/3/config/maxBytes erp']);
    expect(
      placesOf((flow) => set(node(flow, 'erp').config, { method: '= verb', headers: { a: '= b', c: 'd' } })),
    ).toEqual([]);
    expect(placesOf((flow) => set(node(flow, 'erp').config, { headers: { a: '= (' } }))).toEqual([
      'FLOW_MAPPING_SYNTAX /nodes/3/config/headers/a erp',
    ]);
    expect(placesOf((flow) => set(node(flow, 'hook').config, { method: '= verb' }))).toHaveLength(1);
  });

  it('reports of a choice the form that was meant', () => {
    const response = (value: unknown) => issuesOf((flow) => set(node(flow, 'hook').config, { response: value }));
    expect(response({ mode: 'respond', timeoutMs: 5 })).toEqual([]);
    expect(response({ mode: 'respond' }).map((issue) => issue.message)).toEqual([
      '"config.response.timeoutMs" is missing. Correct the setting in the inspector.',
    ]);
    expect(response({ mode: 'later' }).map((issue) => issue.message)).toEqual([
      '"config.response.mode" must be "accept" or "respond". Correct the setting in the inspector.',
    ]);
    expect(response('accept').map((issue) => issue.message)).toEqual([
      '"config.response" must be an object. Correct the setting in the inspector.',
    ]);
  });

  it('knows the handles of a switch by its cases', () => {
    const withSwitch = (cases: unknown, handle: string) =>
      placesOf((flow) => {
        flow.nodes.push({ id: 'sw', type: 'switch', config: { cases } });
        flow.edges.push(edge('e4', 'hook', 'sw'), edge('e5', 'sw', 'erp', { sourceHandle: handle }));
      });
    const cases = [
      { id: 'us', condition: "country = 'US'" },
      { id: 'eu', condition: 'true' },
    ];
    expect(withSwitch(cases, 'us')).toEqual([]);
    expect(withSwitch(cases, 'otherwise')).toEqual([]);
    expect(withSwitch(cases, 'asia')).toEqual(['FLOW_EDGE_HANDLE /edges/4/sourceHandle sw']);
    expect(withSwitch(cases, 'out')).toEqual(['FLOW_EDGE_HANDLE /edges/4/sourceHandle sw']);
    expect(withSwitch([...cases, { id: 'us', condition: 'true' }], 'us')).toEqual([
      'FLOW_DUPLICATE_ID /nodes/4/config/cases/2/id sw',
    ]);
    expect(withSwitch([{ id: 'us', condition: 'a +' }], 'us')).toEqual([
      'FLOW_MAPPING_SYNTAX /nodes/4/config/cases/0/condition sw',
    ]);
    expect(withSwitch('us', 'otherwise')).toEqual(['FLOW_NODE_CONFIG /nodes/4/config/cases sw']);
  });

  it('offers the error handle only with onError "branch", and says so', () => {
    const branch = (onError: 'stop' | 'branch') => (flow: Flow) => {
      set(node(flow, 'map'), { onError });
      flow.edges.push(edge('e9', 'map', 'erp', { sourceHandle: 'error' }));
    };
    expect(issuesOf(branch('branch'))).toEqual([]);
    expect(issuesOf(branch('stop'))[0]?.message).toContain('Set onError of the node to "branch"');
  });

  it('warns of samples that hold what may be real where the mask names it, once for each field', () => {
    const payload = {
      email: 'ada@lovelace.org',
      lines: [{ phone: '+1 212 555 0100' }, { phone: '+49 170 4711081' }, { phone: '+49 170 4711082' }],
      note: 'ada@lovelace.org',
    };
    const issues = issuesOf((flow) => {
      set(flow.settings as object, { mask: ['email', '**.phone'] });
      set(flow, { samples: [{ name: 'Two', payload }] });
    });
    expect(issues).toEqual([
      expect.objectContaining({ severity: 'warning', path: '/samples/0/payload/email' }),
      expect.objectContaining({ code: 'FLOW_SAMPLE_MASKED', path: '/samples/0/payload/lines/1/phone' }),
    ]);
    expect(issues[1]?.message).toMatch(/^Sample "Two" .* the masked field lines\[1\]\.phone\. Replace it /);
  });

  it('only warns of what nothing leads to', () => {
    expect(issuesOf((flow) => set(flow, { edges: flow.edges.slice(1) }))).toMatchObject([{ severity: 'warning' }]);
  });

  it('refuses a document nested too deep with one issue', () => {
    let payload: unknown = 1;
    for (let level = 0; level < 20_000; level++) payload = [payload];
    expect(placesOf((flow) => set(flow, { samples: [{ name: 'deep', payload }] }))).toEqual(['FLOW_SCHEMA']);
  });

  it('answers every JSON value with issues, never by throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (document) => {
        expect(validateFlow(document, context).length).toBeGreaterThan(0);
      }),
    );
  });

  it('answers a flow with anything anywhere', () => {
    const path = fc.array(fc.nat(), { minLength: 1, maxLength: 6 });
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom({ toString: 1, valueOf: 2 }, '__proto__', 'constructor', {}, []),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(path, value), { minLength: 1, maxLength: 4 }), (mutations) => {
        const flow = sampleFlow();
        for (const [steps, replacement] of mutations) mutate(flow, steps, replacement);
        for (const issue of validateFlow(flow, context)) {
          expect(issue.message).toMatch(/\S[.!)]?$/);
          expect(issue.path).toMatch(/^(\/|$)/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

/** Walks down by the steps, each modulo what there is, and puts the value there. */
function mutate(root: object, steps: readonly number[], value: unknown): void {
  let target = root as Record<string, unknown>;
  for (const step of steps) {
    const keys = Object.keys(target);
    const key = keys[step % (keys.length + 1)] ?? 'added';
    const next = target[key];
    if (step === steps.at(-1) || typeof next !== 'object' || next === null) {
      target[key] = structuredClone(value);
      return;
    }
    target = next as Record<string, unknown>;
  }
}
