import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChange, type FlowChange } from './apply-change.ts';
import type { Flow } from './document.ts';
import { serialiseFlow } from './serialise-flow.ts';
import { sampleFlow } from './testing/sample-flow.ts';

const ids = fc.constantFrom('hook', 'map', 'chk', 'erp', 'n1', 'n2', 'e1', 'e2', 'e3');
const position = fc.record({ x: fc.integer(), y: fc.integer() });
const fresh = fc.integer({ min: 0, max: 1e9 }).map((number) => `new${number}`);
const node = fc.record({
  id: fc.oneof(ids, fresh),
  type: fc.constant('transform'),
  config: fc.dictionary(fc.string(), fc.jsonValue()),
});
const sample = fc.record({ name: fc.string({ minLength: 1 }), payload: fc.jsonValue() });
const edge = fc.record({
  id: fc.oneof(ids, fresh),
  source: ids,
  sourceHandle: fc.constantFrom('out', 'error'),
  target: ids,
  targetHandle: fc.constant('in'),
});

const simpleChange: fc.Arbitrary<FlowChange> = fc.oneof(
  fc.record({ kind: fc.constant('addNode'), node, position }, { requiredKeys: ['kind', 'node'] }),
  fc.record({ kind: fc.constant('removeNodes'), nodeIds: fc.array(ids) }),
  fc.record({ kind: fc.constant('moveNodes'), positions: fc.dictionary(ids, position) }),
  fc.record({
    kind: fc.constant('updateNode'),
    nodeId: ids,
    patch: fc.record(
      {
        name: fc.constantFrom('New name', null, undefined),
        config: fc.dictionary(fc.string(), fc.jsonValue()),
        retry: fc.constantFrom({ maxAttempts: 2 }, null),
        onError: fc.constantFrom('branch', 'stop', null),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({ kind: fc.constant('replaceNode'), node }),
  fc.record({ kind: fc.constant('addEdge'), edge }),
  fc.record({ kind: fc.constant('removeEdges'), edgeIds: fc.array(ids) }),
  fc.record(
    { kind: fc.constant('insertNodeOnEdge'), edgeId: ids, node, position },
    { requiredKeys: ['kind', 'edgeId', 'node'] },
  ),
  fc.record({ kind: fc.constant('setSettings'), settings: fc.constantFrom(undefined, {}, { concurrency: 1 }) }),
  fc.record({ kind: fc.constant('setMeta'), name: fc.string(), description: fc.string() }, { requiredKeys: ['kind'] }),
  fc.record({ kind: fc.constant('setLayout'), layout: fc.constantFrom(undefined, { nodes: {} }) }),
  fc.record({
    kind: fc.constant('putGroup'),
    group: fc.record({
      id: fc.constantFrom('g1', 'g2'),
      title: fc.string(),
      color: fc.constant('blue'),
      nodes: fc.uniqueArray(ids),
    }),
  }),
  fc.record({ kind: fc.constant('removeGroup'), groupId: fc.constantFrom('g1', 'g2') }),
  fc.record({
    kind: fc.constant('putNote'),
    note: fc.record({
      id: fc.constantFrom('t1', 't2'),
      x: fc.integer(),
      y: fc.integer(),
      width: fc.constant(200),
      height: fc.constant(80),
      color: fc.constant('amber'),
      text: fc.string(),
    }),
  }),
  fc.record({ kind: fc.constant('removeNote'), noteId: fc.constantFrom('t1', 't2') }),
  fc.record({ kind: fc.constant('addSample'), sample }),
  fc.record({ kind: fc.constant('updateSample'), index: fc.integer({ min: -1, max: 3 }), sample }),
  fc.record({ kind: fc.constant('removeSample'), index: fc.integer({ min: -1, max: 3 }) }),
  fc.constant<FlowChange>({
    kind: 'replaceFlow',
    flow: { formatVersion: 1, id: 'other', name: 'Other', nodes: [], edges: [] },
  }),
) as fc.Arbitrary<FlowChange>;

/** A change that the flow can take, if any: an id may be taken. */
function tryApply(flow: Flow, change: FlowChange): { flow: Flow; inverse: FlowChange } | undefined {
  try {
    return applyChange(flow, change);
  } catch (error) {
    expect(error).toMatchObject({ code: 'FLOW_DUPLICATE_ID' });
    return undefined;
  }
}

describe('applyChange', () => {
  it('is undone by its inverse, to the byte, over any sequence of changes, and redone by the inverse of that', () => {
    fc.assert(
      fc.property(fc.array(simpleChange, { maxLength: 12 }), (changes) => {
        let flow = sampleFlow();
        for (const change of changes) {
          const before = structuredClone(flow);
          const applied = tryApply(flow, change);
          expect(flow).toEqual(before);
          if (!applied) continue;
          const undone = applyChange(applied.flow, applied.inverse);
          expect(serialiseFlow(undone.flow)).toBe(serialiseFlow(flow));
          expect(undone.flow).toEqual(flow);
          expect(serialiseFlow(applyChange(undone.flow, undone.inverse).flow)).toBe(serialiseFlow(applied.flow));
          flow = applied.flow;
        }
      }),
    );
  });

  it('undoes a batch as one step', () => {
    fc.assert(
      fc.property(fc.array(simpleChange, { maxLength: 8 }), (changes) => {
        const flow = sampleFlow();
        const applied = tryApply(flow, { kind: 'batch', changes });
        if (applied) expect(serialiseFlow(applyChange(applied.flow, applied.inverse).flow)).toBe(serialiseFlow(flow));
      }),
    );
  });

  it('takes the edges and the place of a node away with it', () => {
    const { flow } = applyChange(sampleFlow(), { kind: 'removeNodes', nodeIds: ['map'] });
    expect(flow.nodes.map((one) => one.id)).toEqual(['hook', 'chk', 'erp']);
    expect(flow.edges.map((one) => one.id)).toEqual(['e3']);
    expect(flow.layout).toEqual({ nodes: { hook: { x: 0, y: 0 } } });
  });

  it('puts a node into an edge', () => {
    const between = { id: 'mid', type: 'transform', config: { mapping: '$' } };
    const { flow } = applyChange(sampleFlow(), {
      kind: 'insertNodeOnEdge',
      edgeId: 'e2',
      node: between,
      position: { x: 1, y: 2 },
    });
    expect(flow.edges.slice(1, 3)).toEqual([
      { id: 'e2', source: 'map', sourceHandle: 'out', target: 'mid', targetHandle: 'in' },
      { id: 'e4', source: 'mid', sourceHandle: 'out', target: 'chk', targetHandle: 'in' },
    ]);
    expect(flow.layout?.nodes.mid).toEqual({ x: 1, y: 2 });
  });

  it('takes an optional field of a node away for null, and leaves the rest', () => {
    const patch = { retry: null, timeoutMs: undefined, name: 'ERP' };
    const { flow } = applyChange(sampleFlow(), { kind: 'updateNode', nodeId: 'erp', patch });
    expect(flow.nodes[3]).toEqual({
      id: 'erp',
      type: 'http.request',
      name: 'ERP',
      config: sampleFlow().nodes[3]?.config,
      onError: 'stop',
    });
    expect(flow.nodes[3]).not.toHaveProperty('retry');
  });

  it('shares what it does not change', () => {
    const before = sampleFlow();
    const { flow } = applyChange(before, { kind: 'moveNodes', positions: { map: { x: 9, y: 9 } } });
    expect(flow.nodes).toBe(before.nodes);
    expect(flow.layout?.nodes.hook).toBe(before.layout?.nodes.hook);
  });

  it('keeps the id of the flow when another document takes its place', () => {
    const { flow } = applyChange(sampleFlow(), {
      kind: 'replaceFlow',
      flow: { ...sampleFlow(), id: 'other', name: 'Other' },
    });
    expect(flow).toMatchObject({ id: 'shop-order-to-erp', name: 'Other' });
  });
});
