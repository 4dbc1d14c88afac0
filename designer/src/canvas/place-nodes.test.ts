import type { Flow } from '@crossdock/flow-model';
import { describe, expect, test } from 'vitest';
import { freePlace, placeNodes, snap } from './place-nodes.ts';

const node = (id: string) => ({ id, type: 'transform', config: {} });
const edge = (source: string, target: string) => ({
  id: `${source}-${target}`,
  source,
  sourceHandle: 'out',
  target,
  targetHandle: 'in',
});
const flow = (change: Partial<Flow>): Flow => ({
  formatVersion: 1,
  id: 'f',
  name: 'F',
  nodes: [],
  edges: [],
  ...change,
});

describe('placeNodes', () => {
  test('keeps the places that the layout knows', () => {
    const places = placeNodes(flow({ nodes: [node('a')], layout: { nodes: { a: { x: 16, y: 40 } } } }));
    expect(places.get('a')).toEqual({ x: 16, y: 40 });
  });

  test('puts a flow without a layout in columns from left to right', () => {
    const places = placeNodes(
      flow({ nodes: [node('a'), node('b'), node('c')], edges: [edge('a', 'b'), edge('b', 'c')] }),
    );
    const xs = ['a', 'b', 'c'].map((id) => places.get(id)?.x ?? 0);
    expect(xs).toEqual([...xs].sort((left, right) => left - right));
    expect(new Set(xs).size).toBe(3);
  });

  test('ends on a draft that holds a cycle', () => {
    const places = placeNodes(
      flow({ nodes: [node('t'), node('a'), node('b')], edges: [edge('t', 'a'), edge('a', 'b'), edge('b', 'a')] }),
    );
    expect(places.size).toBe(3);
  });

  test('puts what undoes an effect below it', () => {
    const places = placeNodes(
      flow({ nodes: [node('t'), { ...node('erp'), compensate: 'off' }, node('off')], edges: [edge('t', 'erp')] }),
    );
    const [erp, off] = [places.get('erp'), places.get('off')];
    expect(off?.x).toBe(erp?.x);
    expect(off?.y).toBeGreaterThan(erp?.y ?? 0);
  });

  test('gives no two homeless nodes the same place', () => {
    const places = placeNodes(flow({ nodes: [node('a'), node('b'), node('c')] }));
    expect(new Set([...places.values()].map(({ x, y }) => `${x},${y}`)).size).toBe(3);
  });
});

test('freePlace moves a card down until it covers no other', () => {
  const taken = flow({ nodes: [node('a')], layout: { nodes: { a: { x: 0, y: 0 } } } });
  const place = freePlace(taken, { x: 3, y: 5 });
  expect(place.x).toBe(0);
  expect(place.y).toBeGreaterThanOrEqual(56);
});

test('snap rounds to the 8 px grid', () => {
  expect(snap({ x: 13, y: -3 })).toEqual({ x: 16, y: -0 });
});
