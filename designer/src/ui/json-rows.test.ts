import { describe, expect, test } from 'vitest';
import { ancestorsOf, findPaths, firstOpen, formatPath, pathId, visibleRows } from './json-rows.ts';

const order = { name: '#1001', customer: { email: '•••' }, line_items: [{ sku: 'A-1', qty: 2 }] };
const labels = (open: Iterable<string>, value: unknown = order) =>
  visibleRows(value, new Set(open)).map(({ label, kind, depth }) => `${'.'.repeat(depth)}${label ?? kind}`);

describe('rows of a payload', () => {
  test('are the root alone while it is folded', () => {
    expect(labels([])).toEqual(['object']);
  });

  test('follow what is unfolded, in the order of the document', () => {
    expect(labels([pathId([]), pathId(['line_items'])])).toEqual([
      'object',
      '.name',
      '.customer',
      '.line_items',
      '..0',
    ]);
  });

  test('come in ranges of a hundred where a list is long, and only the unfolded range is drawn', () => {
    const value = Array.from({ length: 250 }, (_, index) => index);
    expect(visibleRows(value, new Set(['[]'])).map(({ from, to }) => [from, to])).toEqual([
      [undefined, undefined],
      [0, 99],
      [100, 199],
      [200, 249],
    ]);
    expect(visibleRows(value, new Set(['[]', '[]#200']))).toHaveLength(54);
  });

  test('say that a value is masked or a blob', () => {
    const rows = visibleRows({ a: '•••', b: { $blob: { ref: 'x' } } }, new Set(['[]']));
    expect(rows.map(({ kind }) => kind)).toEqual(['object', 'masked', 'blob']);
  });
});

test('on arrival as many levels are unfolded as fit', () => {
  expect(firstOpen(order, 5)).toEqual(new Set([pathId([]), pathId(['customer'])]));
  expect(firstOpen(order).has(pathId(['line_items', 0]))).toBe(true);
});

describe('finding', () => {
  test('looks at names and values, whatever their case', () => {
    expect(findPaths(order, 'SKU')).toEqual([['line_items', 0, 'sku']]);
    expect(findPaths(order, 'a-1')).toEqual([['line_items', 0, 'sku']]);
    expect(findPaths(order, '')).toEqual([]);
  });

  test('stops at its limit', () => {
    expect(findPaths(Array(50).fill('x'), 'x', 10)).toHaveLength(10);
  });

  test('knows what must be unfolded for a hit to show, ranges too', () => {
    const value = { items: Array.from({ length: 150 }, (_, index) => ({ index })) };
    const open = ancestorsOf(value, ['items', 120, 'index']);
    expect(visibleRows(value, new Set(open)).some(({ id }) => id === pathId(['items', 120, 'index']))).toBe(true);
  });
});

test('a path reads as in a mapping', () => {
  expect(formatPath([])).toBe('$');
  expect(formatPath(['line_items', 0, 'sku'])).toBe('line_items[0].sku');
  expect(formatPath([3, 'a b'])).toBe('$[3].`a b`');
});

test('a payload of one megabyte is ready within a frame or two', () => {
  const value = {
    lines: Array.from({ length: 12_000 }, (_, index) => ({ sku: `SKU-${index}`, qty: index, note: 'x'.repeat(40) })),
  };
  expect(visibleRows(value, firstOpen(value)).length).toBeLessThan(400);
});
