import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChange, type FlowChange } from '../apply-change.ts';
import type { Flow, FlowNode, Note } from '../document.ts';
import { withoutNodes } from '../layout-change.ts';
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
  fc.record({
    kind: fc.constant('putGroup'),
    group: fc.record({
      id: fc.constantFrom('g1', 'g2', 'g3'),
      title: fc.constantFrom('In', 'Out', 'Middle'),
      color: fc.constantFrom('blue', 'red'),
      nodes: fc.uniqueArray(ids, { minLength: 1 }),
    }),
  }),
  fc.record({ kind: fc.constant('removeGroup'), groupId: fc.constant('g1') }),
  fc.record({
    kind: fc.constant('putNote'),
    note: fc.record({
      id: fc.constantFrom('t1', 't2', 't3'),
      x: fc.nat(9),
      y: fc.constant(0),
      width: fc.constant(200),
      height: fc.constant(80),
      color: fc.constantFrom('amber', 'grey'),
      text,
    }),
  }),
  fc.record({ kind: fc.constant('removeNote'), noteId: fc.constant('t1') }),
) as fc.Arbitrary<FlowChange>;

/** The flow after what it can take of these changes, with ends of edges and members of groups that are there, and each thing once. */
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
    layout: withoutNodes(
      flow.layout ?? { nodes: {} },
      new Set(['hook', 'map', 'chk', 'erp', 'new1', 'new2', 'new3'].filter((id) => !known.has(id))),
    ),
  };
}

const drawn: readonly FlowChange[] = [
  { kind: 'putGroup', group: { id: 'g1', title: 'In', color: 'blue', nodes: ['hook', 'map'] } },
  {
    kind: 'putNote',
    note: { id: 't1', x: 0, y: 0, width: 200, height: 80, color: 'amber', text: 'a\nb\nc' },
  },
];
const base = after(sampleFlow(), drawn);
const side = fc.array(change, { maxLength: 5 }).map((changes) => after(base, changes));
const byId = <Item extends { id: string }>(items: readonly Item[]) => items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
const unordered = (flow: Flow) => ({ ...flow, nodes: byId(flow.nodes), edges: byId(flow.edges) });
const groupsOf = (flow: Flow) => flow.layout?.groups ?? [];
const notesOf = (flow: Flow) => flow.layout?.notes ?? [];

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
          expect(flow).toEqual(one);
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

  it('keeps what either side wrote into groups and notes, and every node in one group at most', () => {
    fc.assert(
      fc.property(side, side, (mine, theirs) => {
        const { flow, conflicts } = mergeFlows({ base, mine, theirs });
        const asked = new Set(conflicts.map(({ keys }) => keys.slice(0, 3).join('/')));
        const there = notesOf(flow).map(({ text: words }) => words.split('\n'));
        const old = new Map(notesOf(base).map((note) => [note.id, note.text.split('\n')]));
        for (const note of [...notesOf(mine), ...notesOf(theirs)]) {
          const added = note.text.split('\n').filter((line) => !old.get(note.id)?.includes(line));
          if (added.length === 0 || asked.has(`layout/notes/${note.id}`)) continue;
          expect(there.some((lines) => added.every((line) => lines.includes(line)))).toBe(true);
        }
        const members = groupsOf(flow).flatMap(({ nodes }) => nodes);
        expect(new Set(members).size).toBe(members.length);
        const nodes = new Set(flow.nodes.map(({ id }) => id));
        for (const id of members) expect(nodes).toContain(id);
        for (const items of [groupsOf(flow), notesOf(flow)])
          expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        const grouped = new Set(groupsOf(base).flatMap(({ nodes: known }) => known));
        const removed = conflicts.some(({ keys, removedBy }) => removedBy && keys[1] === 'groups');
        for (const id of [...groupsOf(mine), ...groupsOf(theirs)].flatMap((group) => group.nodes))
          if (!grouped.has(id) && nodes.has(id) && !removed) expect(members).toContain(id);
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

  it('is put together in groups and notes, and asked about where their words differ', () => {
    const group = { id: 'g1', title: 'In', color: 'blue' as const, nodes: ['hook', 'map'] };
    const note = { id: 't1', x: 0, y: 0, width: 200, height: 80, color: 'amber' as const, text: 'a\nb\nc' };
    const mine = after(base, [
      { kind: 'putGroup', group: { ...group, nodes: ['hook', 'map', 'chk'], title: 'Mine' } },
      { kind: 'putNote', note: { ...note, x: 40, text: 'a\nb\nmine' } },
    ]);
    const theirs = after(base, [
      { kind: 'putGroup', group: { ...group, nodes: ['map', 'erp'], color: 'red', title: 'Theirs' } },
      { kind: 'putNote', note: { ...note, color: 'grey', text: 'theirs\nb\nc' } },
    ]);
    const { flow, conflicts } = mergeFlows({ base, mine, theirs });
    expect(groupsOf(flow)).toEqual([{ id: 'g1', title: 'Mine', color: 'red', nodes: ['map', 'chk', 'erp'] }]);
    expect(notesOf(flow)).toEqual([{ ...note, x: 40, color: 'grey', text: 'theirs\nb\nmine' }]);
    expect(conflicts).toMatchObject([{ keys: ['layout', 'groups', 'g1', 'title'], mine: 'Mine', theirs: 'Theirs' }]);
    expect(groupsOf(mergeFlows({ base, mine, theirs }, { '/layout/groups/g1/title': 'theirs' }).flow)).toMatchObject([
      { title: 'Theirs' },
    ]);
  });

  it('is asked about when one took a note away in which the other wrote', () => {
    const mine = after(base, [{ kind: 'removeNote', noteId: 't1' }]);
    const [note] = notesOf(base);
    const theirs = after(base, [{ kind: 'putNote', note: { ...(note as Note), text: 'more' } }]);
    const { flow, conflicts } = mergeFlows({ base, mine, theirs });
    expect(notesOf(flow)).toEqual([]);
    expect(conflicts).toMatchObject([{ keys: ['layout', 'notes', 't1'], removedBy: 'mine' }]);
    expect(notesOf(mergeFlows({ base, mine, theirs }, { '/layout/notes/t1': 'theirs' }).flow)).toMatchObject([
      { text: 'more' },
    ]);
  });

  it('stays apart when both drew a group or a note under one id; a node that both grouped is in ours', () => {
    const add = (title: string, nodes: string[]): readonly FlowChange[] => [
      { kind: 'putGroup', group: { id: 'g2', title, color: 'red', nodes } },
      { kind: 'putNote', note: { id: 't2', x: 0, y: 0, width: 200, height: 80, color: 'red', text: title } },
    ];
    const own: FlowChange = { kind: 'addNode', node: { id: 'new', type: 'transform', config: { mapping: 'mine' } } };
    const other: FlowChange = { kind: 'addNode', node: { id: 'new', type: 'stop', config: {} } };
    const { flow, conflicts } = mergeFlows({
      base,
      mine: after(base, [own, ...add('Mine', ['chk', 'new'])]),
      theirs: after(base, [other, ...add('Theirs', ['chk', 'erp', 'new'])]),
    });
    expect(conflicts).toEqual([]);
    expect(groupsOf(flow).map(({ title, nodes }) => [title, nodes])).toEqual([
      ['In', ['hook', 'map']],
      ['Theirs', ['erp', 'new']],
      ['Mine', ['chk', 'new2']],
    ]);
    expect(notesOf(flow).map(({ text: words }) => words)).toEqual(['a\nb\nc', 'Theirs', 'Mine']);
  });
});

describe('tests of a flow', () => {
  const tested = (...names: string[]): Flow => ({
    ...sampleFlow(),
    tests: names.map((name) => ({ name: name.replace(/!$/, ''), payload: name, expect: {} })),
  });

  it('are put together by name; of one that both changed a side is chosen as a whole', () => {
    const merged = mergeFlows({ base: tested('a'), mine: tested('a', 'b'), theirs: tested('a', 'c') });
    expect(merged.flow.tests?.map(({ name }) => name)).toEqual(['a', 'c', 'b']);
    expect(merged.conflicts).toEqual([]);
    const changed = (payload: string): Flow => ({ ...sampleFlow(), tests: [{ name: 'a', payload, expect: {} }] });
    const clash = mergeFlows({ base: changed('old'), mine: changed('mine'), theirs: changed('theirs') });
    expect(clash.conflicts).toMatchObject([{ keys: ['tests', 'a'] }]);
    expect(clash.flow.tests).toMatchObject([{ payload: 'mine' }]);
  });

  it('keep both of one name that both sides added', () => {
    const { flow, renamed } = mergeFlows({ base: sampleFlow(), mine: tested('a!'), theirs: tested('a') });
    expect(flow.tests?.map(({ name }) => name).toSorted()).toEqual(['a', 'a (2)']);
    expect(renamed).toEqual([{ kind: 'test', from: 'a', to: 'a (2)' }]);
  });
});
