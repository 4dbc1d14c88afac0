import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differingParts } from './differing-parts.ts';

describe('differingParts', () => {
  test('gives the changed fields of an item of a list, by its id', () => {
    const before = {
      name: 'A',
      nodes: [
        { id: 'hook', config: { path: 'a' } },
        { id: 'map', config: { x: 1, y: 2 } },
      ],
    };
    const after = {
      name: 'A',
      nodes: [
        { id: 'hook', config: { path: 'a' } },
        { id: 'map', config: { x: 1, y: 3 } },
      ],
    };
    expect(differingParts(before, after)).toEqual({
      before: { nodes: { map: { config: { y: 2 } } } },
      after: { nodes: { map: { config: { y: 3 } } } },
    });
  });

  test('shows on one side alone what was added or removed', () => {
    expect(differingParts({ a: 1 }, { a: 1, b: 2 })).toEqual({ before: {}, after: { b: 2 } });
    expect(differingParts([{ id: 'x' }], [])).toEqual({ before: [{ id: 'x' }], after: [] });
  });

  test('finds nothing between a value and its copy', () => {
    const finds = (value: unknown) => {
      expect(differingParts(value, structuredClone(value))).toBeUndefined();
    };
    fc.assert(fc.property(fc.jsonValue(), finds));
  });

  test('finds something between two values that differ', () => {
    const finds = (a: unknown, b: unknown) => {
      const isSame = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
      expect(differingParts(a, b) === undefined).toBe(isSame);
    };
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), finds));
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([name, child]) => [name, sorted(child)]),
  );
}
