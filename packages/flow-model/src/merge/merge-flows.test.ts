import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChange, type FlowChange } from '../apply-change.ts';
import type { Flow, FlowNode } from '../document.ts';
import { sampleFlow } from '../testing/sample-flow.ts';
import { mergeFlows } from './merge-flows.ts';

const ids = fc.constantFrom('hook', 'map', 'chk', 'erp');
const newIds = fc.constantFrom('new1', 'new2', 'new3');
const text = fc.constantFrom('$', 'a\nb\nc', 'x\nb\nc', 'a\nb\ny', 'z');
const node = fc.record({
  id: newIds,
  type: fc.constantFrom('transform', 'stop'),
  config: fc.record({ mapping: text }),
});
const change = fc.oneof(
  fc.record({ kind: fc.constant('addNode'), node, position: fc.record({ x: fc.nat(9), y: fc.nat(9) }) }),
  fc.record({ kind: fc.constant('removeNodes'), nodeIds: ids.map((id) => [id]) }),
  fc.record({
    kind: fc.constant('updateNode'),
    nodeId: fc.oneof(ids, newIds),
    patch: fc.record(
      {
        name: fc.constantFrom('One', 'Two', null),
        config: fc.record({ mapping: text, url: text }, { requiredKeys: [] }),
        retry: fc.constantFrom({ maxAttempts: 2 }, { maxAttempts: 3, factor: 4 }, null),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    kind: fc.constant('addEdge'),
    edge: fc.record({
      id: fc.constantFrom('e8', 'e9', 'e10'),
      source: fc.oneof(ids, newIds),
      sourceHandle: fc.constant('out'),
      target: fc.oneof(ids, newIds),
      targetHandle: fc.constant('in'),
    }),
  }),
  fc.record({ kind: fc.constant('removeEdges'), edgeIds: fc.constantFrom('e1', 'e2', 'e3').map((id) => [id]) }),
  fc.record({
    kind: fc.constant('setSettings'),
    settings: fc.record(
      { concurrency: fc.nat(3), mask: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')) },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    kind: fc.constant('addSample'),
    sample: fc.record({ name: fc.constantFrom('S', 'T'), payload: fc.nat(2) }),
  }),
) as fc.Arbitrary<FlowChange>;

/** The flow after what it can take of these changes, with edges that end somewhere, each once, and samples of one name once. */
function after(flow: Flow, changes: readonly FlowChange[]): Flow {
  let current = flow;
  for (const one of changes) {
    try {
      current = applyChange(current, one).flow;
    } catch {
      // The id is taken.
    }
  }
  return sound(current);
}

function sound(flow: Flow): Flow {
  const known = new Set(flow.nodes.map(({ id }) => id));
  const ends = (edge: Flow['edges'][number]) => `${edge.source} ${edge.sourceHandle} ${edge.target}`;
  return {
    ...flow,
    edges: flow.edges.filter(
      (edge, at) =>
        known.has(edge.source) &&
        known.has(edge.target) &&
        flow.edges.findIndex((other) => ends(other) === ends(edge)) === at,
    ),
    samples: (flow.samples ?? []).filter(({ name }, at, all) => all.findIndex((one) => one.name === name) === at),
  };
}

const side = fc.array(change, { maxLength: 5 }).map((changes) => after(sampleFlow(), changes));
const base = sound(sampleFlow());
const bare = ({ layout: _layout, ...flow }: Flow) => flow;
const byId = <Item extends { id: string }>(items: readonly Item[]) => items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
const unordered = (flow: Flow) => ({ ...bare(flow), nodes: byId(flow.nodes), edges: byId(flow.edges) });

describe('mergeFlows', () => {
  it('is the one side where the other changed nothing, and either where both changed alike', () => {
    fc.assert(
      fc.property(side, (one) => {
        for (const versions of [
          { base, mine: one, theirs: base },
          { base, mine: base, theirs: one },
          { base, mine: one, theirs: one },
        ]) {
          const { flow, conflicts, renamed } = mergeFlows(versions);
          expect(conflicts).toEqual([]);
          expect(renamed).toEqual([]);
          expect(bare(flow)).toEqual(bare(one));
        }
      }),
    );
  });

  it('has the same conflicts whoever merges, and what was chosen of each', () => {
    fc.assert(
      fc.property(side, side, (mine, theirs) => {
        const merge = mergeFlows({ base, mine, theirs });
        const mirrored = mergeFlows({ base, mine: theirs, theirs: mine });
        fc.pre(merge.renamed.length === 0);
        const idsOf = ({ conflicts }: typeof merge) => conflicts.map(({ id }) => id).sort();
        expect(idsOf(mirrored)).toEqual(idsOf(merge));
        const choices = Object.fromEntries(merge.conflicts.map(({ id }) => [id, 'theirs'] as const));
        const taken = unordered(mergeFlows({ base, mine, theirs }, choices).flow);
        const given = unordered(mirrored.flow);
        expect(taken.nodes).toEqual(given.nodes);
        const sets = ({ settings }: Flow) => ({ ...settings, mask: settings?.mask?.toSorted() });
        expect(sets(taken)).toEqual(sets(given));
      }),
    );
  });

  it('keeps every node that a side added or changed, unless the choice says otherwise', () => {
    fc.assert(
      fc.property(side, side, (mine, theirs) => {
        const { flow, conflicts, renamed } = mergeFlows({ base, mine, theirs });
        const old = new Map(base.nodes.map((one) => [one.id, JSON.stringify(one)]));
        const merged = new Set(flow.nodes.map(({ id }) => id));
        const asked = new Set(conflicts.map(({ nodeId }) => nodeId));
        for (const { id, ...rest } of theirs.nodes)
          if (old.get(id) !== JSON.stringify({ id, ...rest }) && !asked.has(id)) expect(merged).toContain(id);
        for (const one of mine.nodes) {
          const id = renamed.find(({ kind, from }) => kind === 'node' && from === one.id)?.to ?? one.id;
          if (old.get(one.id) !== JSON.stringify(one) && !asked.has(one.id)) expect(merged).toContain(id);
        }
        expect(merged.size).toBe(flow.nodes.length);
        expect(new Set(flow.edges.map(({ id }) => id)).size).toBe(flow.edges.length);
        for (const { source, target } of flow.edges)
          expect([...merged]).toEqual(expect.arrayContaining([source, target]));
      }),
    );
  });
});

const change1 = (flow: Flow, nodeId: string, patch: Partial<FlowNode>) =>
  applyChange(flow, { kind: 'updateNode', nodeId, patch } as FlowChange).flow;
const nodeOf = (flow: Flow, id: string) => flow.nodes.find((one) => one.id === id);

describe('what both sides changed', () => {
  it('is put together field by field, and asked about where they differ', () => {
    const mine = change1(base, 'erp', { name: 'Mine', timeoutMs: 5 });
    const theirs = change1(base, 'erp', { name: 'Theirs', onError: 'branch' });
    const { flow, conflicts } = mergeFlows({ base, mine, theirs });
    expect(nodeOf(flow, 'erp')).toMatchObject({ name: 'Mine', timeoutMs: 5, onError: 'branch' });
    expect(conflicts).toMatchObject([
      { id: 'erp/name', nodeId: 'erp', keys: ['name'], mine: 'Mine', theirs: 'Theirs' },
    ]);
    const chosen = mergeFlows({ base, mine, theirs }, { 'erp/name': 'theirs' });
    expect(nodeOf(chosen.flow, 'erp')).toMatchObject({ name: 'Theirs', timeoutMs: 5 });
  });

  it('is merged by line in a mapping of several lines', () => {
    const lines = (...texts: string[]) => ({ config: { mapping: texts.join('\n') } });
    const start = change1(base, 'map', lines('{', '"a": 1,', '"b": 2,', '"c": 3', '}'));
    const mine = change1(start, 'map', lines('{', '"a": one,', '"b": 2,', '"c": 3', '}'));
    const theirs = change1(start, 'map', lines('{', '"a": 1,', '"b": 2,', '"c": three', '}'));
    const { flow, conflicts } = mergeFlows({ base: start, mine, theirs });
    expect(conflicts).toEqual([]);
    expect(nodeOf(flow, 'map')?.config).toEqual(lines('{', '"a": one,', '"b": 2,', '"c": three', '}').config);
  });

  it('is asked about when one took a node away that the other led an edge to', () => {
    const mine = applyChange(base, { kind: 'removeNodes', nodeIds: ['erp'] }).flow;
    const edge = { id: 'e9', source: 'map', sourceHandle: 'out', target: 'erp', targetHandle: 'in' };
    const theirs = applyChange(base, { kind: 'addEdge', edge }).flow;
    const { flow, conflicts } = mergeFlows({ base, mine, theirs });
    expect(conflicts).toMatchObject([{ id: 'erp', nodeId: 'erp', keys: [], removedBy: 'mine' }]);
    expect(nodeOf(flow, 'erp')).toBeUndefined();
    expect(flow.edges).not.toContainEqual(edge);
    const kept = mergeFlows({ base, mine, theirs }, { erp: 'theirs' }).flow;
    expect(nodeOf(kept, 'erp')).toBeDefined();
    expect(kept.edges).toContainEqual(edge);
  });

  it('stays apart when both added something under one id, and what refers to it follows', () => {
    const add = (flow: Flow, mapping: string) =>
      applyChange(flow, { kind: 'addNode', node: { id: 'new', type: 'transform', config: { mapping } } }).flow;
    const mine = change1(add(base, 'mine'), 'map', { config: { mapping: '$nodes.new.total + $nodes.newer' } });
    const { flow, renamed } = mergeFlows({ base, mine, theirs: add(base, 'theirs') });
    expect(renamed).toEqual([{ kind: 'node', from: 'new', to: 'new2' }]);
    expect(nodeOf(flow, 'new')?.config).toEqual({ mapping: 'theirs' });
    expect(nodeOf(flow, 'new2')?.config).toEqual({ mapping: 'mine' });
    expect(nodeOf(flow, 'map')?.config).toEqual({ mapping: '$nodes.new2.total + $nodes.newer' });
  });
});
