import { manifests } from '@crossdock/connectors/manifests';
import { applyChange, type Flow, newFlow } from '@crossdock/flow-model';
import { describe, expect, test } from 'vitest';
import {
  addNext,
  addNodeAt,
  arrangeSelection,
  copySelection,
  duplicateSelection,
  insertOnEdge,
  paste,
  settled,
} from './edits.ts';

const node = (id: string) => ({ id, type: 'transform', config: { mapping: '$' } });
const edge = { id: 'e1', source: 'a', sourceHandle: 'out', target: 'b', targetHandle: 'in' };
const flow: Flow = {
  ...newFlow('f', 'F'),
  nodes: [node('a'), node('b')],
  edges: [edge],
  layout: { nodes: { a: { x: 0, y: 0 }, b: { x: 280, y: 0 } } },
};
const both = { nodeIds: ['a', 'b'], edgeIds: [] };
const MANIFESTS = new Map(manifests.map((manifest) => [manifest.type as string, manifest]));
const TRANSFORM = MANIFESTS.get('transform') as (typeof manifests)[number];

describe('copies', () => {
  test('a pasted drawing keeps its form, with its middle where it is pasted', () => {
    const part = copySelection(flow, both);
    const { change } = paste(newFlow('g', 'G'), MANIFESTS, part as Flow, { x: 1000, y: 500 });
    const { layout } = applyChange(newFlow('g', 'G'), change).flow;
    expect(layout?.nodes).toEqual({ a: { x: 760, y: 472 }, b: { x: 1040, y: 472 } });
  });

  test('pasted twice at one place, the second copies do not hide the first', () => {
    const part = copySelection(flow, both) as Flow;
    let pasted = flow;
    for (let times = 0; times < 5; times++) {
      const { change, select } = paste(pasted, MANIFESTS, part, { x: 240, y: 28 });
      pasted = applyChange(pasted, change).flow;
      expect(select.nodeIds).toHaveLength(2);
    }
    const places = Object.values(pasted.layout?.nodes ?? {}).map(({ x, y }) => `${x},${y}`);
    expect(new Set(places).size).toBe(12);
    expect(pasted.edges).toHaveLength(6);
  });

  test('a duplicate stands beside its original and is selected', () => {
    const copy = duplicateSelection(flow, MANIFESTS, both);
    expect(copy?.select.nodeIds).toEqual(['a2', 'b2']);
    const { layout } = applyChange(flow, copy?.change as never).flow;
    expect(layout?.nodes.a2).toEqual({ x: 32, y: 72 });
    expect(duplicateSelection(flow, MANIFESTS, { nodeIds: [], edgeIds: ['e1'] })).toBeUndefined();
  });
});

describe('what comes next', () => {
  test('is joined to the output that was asked at, right of its node or where it was dropped', () => {
    const right = applyChange(flow, addNext(flow, TRANSFORM, 'b', 'out', undefined).change).flow;
    expect(right.edges.at(-1)).toMatchObject({
      source: 'b',
      sourceHandle: 'out',
      target: 'transform',
      targetHandle: 'in',
    });
    expect(right.layout?.nodes.transform).toEqual({ x: 560, y: 0 });
    const dropped = applyChange(flow, addNext(flow, TRANSFORM, 'b', 'out', { x: 400, y: 320 }).change).flow;
    expect(dropped.layout?.nodes.transform).toEqual({ x: 400, y: 320 });
  });
});

test('a new node on an edge lies on neither end', () => {
  const added = applyChange(flow, addNodeAt(flow, TRANSFORM, { x: 144, y: 0 }, 'e1').change);
  expect(added.flow.layout?.nodes).toEqual({ a: { x: 0, y: 0 }, transform: { x: 280, y: 0 }, b: { x: 560, y: 0 } });
  expect(added.flow.edges).toHaveLength(2);
});

describe('insertOnEdge', () => {
  const loose: Flow = { ...flow, nodes: [...flow.nodes, node('c'), { id: 'hook', type: 'webhook', config: {} }] };

  test('leads the edge into the node and another one on', () => {
    const inserted = insertOnEdge(loose, MANIFESTS, 'c', 'e1');
    if (!inserted.ok) throw new Error(inserted.reason);
    const { edges, layout } = applyChange(loose, inserted.change).flow;
    expect(layout?.nodes).toMatchObject({ c: { x: 280 }, b: { x: 560, y: 0 } });
    expect(edges).toEqual([
      { ...edge, target: 'c' },
      { ...edge, id: 'e2', source: 'c' },
    ]);
  });

  test('refuses what cannot stand there, with the reason', () => {
    expect(insertOnEdge(loose, MANIFESTS, 'hook', 'e1')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('trigger'),
    });
    expect(insertOnEdge(loose, MANIFESTS, 'c', 'gone')).toMatchObject({ ok: false });
  });
});

test('arranging moves only what is out of line', () => {
  const askew = { ...flow, layout: { nodes: { a: { x: 0, y: 0 }, b: { x: 280, y: 40 } } } };
  expect(arrangeSelection(askew, MANIFESTS, both, 'top')).toEqual({
    kind: 'moveNodes',
    positions: { b: { x: 280, y: 0 } },
  });
  expect(arrangeSelection(flow, MANIFESTS, both, 'top')).toBeUndefined();
});

test('the first card with a place of its own leaves the others where they are shown', () => {
  const { layout: _layout, ...bare } = flow;
  const moved = applyChange(bare, settled(bare, { kind: 'moveNodes', positions: { b: { x: 800, y: 80 } } })).flow;
  expect(moved.layout?.nodes).toEqual({ a: { x: 0, y: 0 }, b: { x: 800, y: 80 } });
  expect(settled(flow, { kind: 'setMeta', name: 'G' })).toEqual({ kind: 'setMeta', name: 'G' });
});
