import { type Flow, newFlow } from '@crossdock/flow-model';
import { expect, test } from 'vitest';
import { roomOnEdge } from './room-on-edge.ts';

const edge = (id: string, source: string, target: string) => ({
  ...{ id, source, target },
  ...{ sourceHandle: 'out', targetHandle: 'in' },
});
const nodes = ['a', 'b', 'c', 'beside'].map((id) => ({ id, type: 'transform', config: { mapping: '$' } }));
const flowWith = (b: number): Flow => ({
  ...newFlow('f', 'F'),
  nodes,
  edges: [edge('ab', 'a', 'b'), edge('bc', 'b', 'c'), edge('back', 'c', 'a')],
  layout: { nodes: { a: { x: 0, y: 0 }, b: { x: b, y: 0 }, c: { x: b + 280, y: 160 }, beside: { x: b, y: 400 } } },
});

test('between close cards, what comes after moves on, and nothing else', () => {
  expect(roomOnEdge(flowWith(280), 'ab', { x: 144, y: 16 })).toEqual({
    position: { x: 280, y: 16 },
    moved: { b: { x: 560, y: 0 }, c: { x: 840, y: 160 } },
  });
});

test('where there is room, the card stands where it was dropped', () => {
  expect(roomOnEdge(flowWith(700), 'ab', { x: 304, y: 0 })).toEqual({ position: { x: 304, y: 0 }, moved: {} });
});

test('an edge that runs back moves nothing', () => {
  expect(roomOnEdge(flowWith(280), 'back', { x: 100, y: 80 })).toEqual({ position: { x: 100, y: 80 }, moved: {} });
});
