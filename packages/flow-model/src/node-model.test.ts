import { describe, expect, it } from 'vitest';
import { canConnect } from './can-connect.ts';
import { configExpressions } from './config-expressions.ts';
import type { Flow } from './document.ts';
import { handlesOf } from './handles.ts';
import type { NodeManifest } from './manifest.ts';
import { defaultNode, freeEdgeId, newFlow } from './new-flow.ts';
import { nodeLine } from './node-line.ts';
import { sampleFlow, sampleManifests } from './testing/sample-flow.ts';

const manifest = (type: string) => sampleManifests.get(type) as NodeManifest;
const cases = [{ id: 'us' }, { id: 'eu' }, { id: '' }, { id: 7 }, null, 'x', { id: 'us' }];

describe('handlesOf', () => {
  it('has the error handle only with onError "branch", and never on a trigger', () => {
    expect(handlesOf({ config: {} }, manifest('transform'))).toEqual({ in: ['in'], out: ['out'] });
    expect(handlesOf({ config: {}, onError: 'branch' }, manifest('transform')).out).toEqual(['out', 'error']);
    expect(handlesOf({ config: {}, onError: 'branch' }, manifest('webhook'))).toEqual({ in: [], out: ['out'] });
  });

  it('has one handle for each case with an id, before the fixed ones', () => {
    expect(handlesOf({ config: { cases } }, manifest('switch')).out).toEqual(['us', 'eu', 'otherwise']);
    expect(handlesOf({ config: { cases: 'no list' } }, manifest('switch')).out).toEqual(['otherwise']);
  });
});

describe('nodeLine', () => {
  it('fills slots from the config, its defaults, and the length of lists', () => {
    expect(nodeLine({ config: { path: 'a/b' } }, manifest('webhook'))).toBe('POST /a/b');
    expect(nodeLine({ config: { cases } }, manifest('switch'))).toBe('7 cases');
    expect(nodeLine({ config: {} }, manifest('http.request'))).toBe('GET …');
  });

  it('takes the first alternative whose settings are there and wanted, and says times in words', () => {
    const line = (config: Record<string, unknown>) => nodeLine({ config }, manifest('schedule'));
    expect(line({ cron: '0 6 * * 1-5', catchUp: 'all', lateMs: 5_400_000 })).toBe(
      'every weekday at 06:00, at most 1 h 30 min late',
    );
    expect(line({ cron: '0 6 * * 1-5', catchUp: 'none', lateMs: 5_400_000 })).toBe('every weekday at 06:00');
    expect(line({ cron: '*/7 6 * * 1-5' })).toBe('*/7 6 * * 1-5');
    expect(line({})).toBe('Never');
  });

  it('calls choices by their labels, small within the line', () => {
    const config = {
      properties: {
        mode: { enum: ['all'], 'x-labels': { all: 'All branches' } },
        as: { enum: ['list', 'edi'], 'x-labels': { list: 'A list', edi: 'EDI' } },
      },
    } as unknown as NodeManifest['config'];
    const join = { ...manifest('transform'), line: '{mode}, as {as}', config };
    expect(nodeLine({ config: { mode: 'all', as: 'list' } }, join)).toBe('All branches, as a list');
    expect(nodeLine({ config: { mode: 'all', as: 'edi' } }, join)).toBe('All branches, as EDI');
    expect(nodeLine({ config: { mode: '= how', as: 'constructor' } }, join)).toBe('= how, as constructor');
  });

  it('cuts what is long and keeps to one line', () => {
    const line = nodeLine(
      { config: { method: 'GET', url: `https://x.test/${'y'.repeat(100)}` } },
      manifest('http.request'),
    );
    expect(line).toHaveLength(64);
    expect(line.endsWith('…')).toBe(true);
    expect(nodeLine({ config: { path: 'a\n  b' } }, manifest('webhook'))).toBe('POST /a b');
  });
});

describe('defaultNode', () => {
  it('has the defaults of its type and a free id made of it', () => {
    const flow = newFlow('f', 'F');
    const node = defaultNode(manifest('http.request'), undefined, flow);
    expect(node).toEqual({ id: 'httpRequest', type: 'http.request', config: { method: 'GET' } });
    expect(defaultNode(manifest('http.request'), undefined, { ...flow, nodes: [node] }).id).toBe('httpRequest2');
    expect(defaultNode(manifest('webhook'), 'hook', sampleFlow()).id).toBe('hook2');
    expect(defaultNode({ ...manifest('webhook'), typeVersion: 3 }, 'x', flow).typeVersion).toBe(3);
  });

  it('shares no default between nodes', () => {
    const shared = {
      ...manifest('switch'),
      config: { type: 'object', properties: { cases: { default: [] } } },
    } as const;
    const [a, b] = [1, 2].map(() => defaultNode(shared, undefined, newFlow('f', 'F')));
    expect(a?.config.cases).not.toBe(b?.config.cases);
  });
});

describe('freeEdgeId', () => {
  it('passes over every id that is taken', () => {
    expect(freeEdgeId(sampleFlow())).toBe('e4');
    expect(freeEdgeId(sampleFlow(), ['e5'])).toBe('e6');
    expect(freeEdgeId(newFlow('f', 'F'))).toBe('e1');
  });
});

describe('canConnect', () => {
  const answer = (from: string, to: string, change: (flow: Flow) => void = () => undefined) => {
    const flow = sampleFlow();
    flow.nodes.push({ id: 'odd', type: 'unknown', config: {} });
    change(flow);
    const [source = '', sourceHandle = 'out'] = from.split(':');
    const [target = '', targetHandle = 'in'] = to.split(':');
    const ends = [
      { nodeId: source, handle: sourceHandle },
      { nodeId: target, handle: targetHandle },
    ] as const;
    return canConnect(flow, sampleManifests, ...ends);
  };

  it('keeps what is behind "each" of a split to itself', () => {
    const withSplit = (flow: Flow) => {
      flow.nodes.push({ id: 'sp', type: 'split', config: {} }, { id: 'inner', type: 'transform', config: {} });
      flow.edges.push({ id: 'e9', source: 'sp', sourceHandle: 'each', target: 'inner', targetHandle: 'in' });
    };
    expect(answer('map', 'sp', withSplit)).toEqual({ ok: true });
    expect(answer('sp:each', 'odd', withSplit)).toMatchObject({ ok: false });
    for (const [from, to] of [
      ['sp:done', 'inner'],
      ['hook', 'inner'],
      ['inner', 'erp'],
      ['sp:each', 'erp'],
    ] as const)
      expect(answer(from, to, withSplit)).toEqual({ ok: false, reason: expect.stringContaining('"each"') });
  });

  it('lets two nodes be joined forwards', () => {
    expect(answer('hook', 'chk')).toEqual({ ok: true });
    expect(answer('map:error', 'erp', (flow) => Object.assign(flow.nodes[1] as object, { onError: 'branch' }))).toEqual(
      { ok: true },
    );
  });

  it.each([
    ['map', 'map', /itself/],
    ['erp', 'map', /cycle/],
    ['chk', 'map', /cycle/],
    ['map', 'hook', /trigger/],
    ['hook', 'map', /already/],
    ['map:error', 'erp', /output/],
    ['hook', 'chk:left', /input/],
    ['gone', 'map', /exist/],
    ['map', 'odd', /unknown/],
  ])('refuses %s → %s and says why', (from, to, reason) => {
    expect(answer(from, to)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });
});

describe('configExpressions', () => {
  it('finds expressions, mappings and schemas with their places', () => {
    const config = { method: 'GET', url: '=a', headers: { x: '= b', y: 'c' }, body: '= $', unknown: '= no' };
    expect(configExpressions(config, manifest('http.request').config)).toEqual([
      { kind: 'expression', keys: ['url'], value: 'a' },
      { kind: 'expression', keys: ['headers', 'x'], value: ' b' },
      { kind: 'expression', keys: ['body'], value: ' $' },
    ]);
    expect(configExpressions({ cases: [{ id: 'a', condition: 'x' }] }, manifest('switch').config)).toEqual([
      { kind: 'mapping', keys: ['cases', '0', 'condition'], value: 'x' },
    ]);
    expect(configExpressions({ schema: true }, manifest('validate').config)).toEqual([
      { kind: 'json-schema', keys: ['schema'], value: true },
    ]);
  });
});
