import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readingOrder } from './reading-order.ts';

const flow = (ids: string, links: readonly string[]) => ({
  nodes: [...ids].map((id) => ({ id, type: 'transform', config: {} })),
  edges: links.map(([source = '', target = ''], index) => ({
    id: `e${index}`,
    source,
    sourceHandle: 'out',
    target,
    targetHandle: 'in',
  })),
});
const order = (ids: string, links: readonly string[]) =>
  readingOrder(flow(ids, links))
    .map(({ id }) => id)
    .join('');

it('follows the edges from the heads, branch by branch', () => {
  expect(order('dcba', ['ab', 'bc', 'ad'])).toBe('abcd');
  expect(order('xabc', ['ab', 'ac'])).toBe('xabc');
});

it('has each node once, whatever the edges', () => {
  const end = fc.constantFrom(...'abcdefz');
  fc.assert(
    fc.property(fc.array(fc.tuple(end, end).map((ends) => ends.join(''))), (links) => {
      expect([...order('fedcba', links)].sort().join('')).toBe('abcdef');
    }),
  );
});
