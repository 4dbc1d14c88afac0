import type { Layout } from '@crossdock/flow-model';
import { expect, test } from 'vitest';
import { boxOfPlace } from './box-of-place.ts';

const layout: Pick<Layout, 'groups' | 'notes'> = {
  groups: [
    { id: 'g', title: 'G', color: 'blue', nodes: ['a', 'b', 'gone'] },
    { id: 'empty', title: '', color: 'blue', nodes: ['gone'] },
  ],
  notes: [{ id: 'a', x: -10, y: 5, width: 80, height: 40, color: 'grey', text: '' }],
};
const cards: Record<string, { x: number; y: number }> = { a: { x: 0, y: 0 }, b: { x: 300, y: 100 } };
const cardsOf = (id: string) => (cards[id] ? [{ ...cards[id], width: 200, height: 56 }] : []);

test('a place is a card, all cards of a group, or a note of the same id', () => {
  expect(boxOfPlace({ kind: 'node', id: 'a' }, layout, cardsOf)).toMatchObject({ x: 0, y: 0, width: 200 });
  expect(boxOfPlace({ kind: 'group', id: 'g' }, layout, cardsOf)).toEqual({ x: 0, y: 0, width: 500, height: 156 });
  expect(boxOfPlace({ kind: 'note', id: 'a' }, layout, cardsOf)).toMatchObject({ x: -10, width: 80, height: 40 });
});

test('what is not there has no place', () => {
  expect(boxOfPlace({ kind: 'node', id: 'gone' }, layout, cardsOf)).toBeUndefined();
  expect(boxOfPlace({ kind: 'group', id: 'empty' }, layout, cardsOf)).toBeUndefined();
  expect(boxOfPlace({ kind: 'note', id: 'b' }, undefined, cardsOf)).toBeUndefined();
});
