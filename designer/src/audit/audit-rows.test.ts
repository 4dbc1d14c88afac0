import { describe, expect, test } from 'vitest';
import { changedFields, thingIn } from './audit-rows.ts';

describe('changedFields', () => {
  test('names each field that a change touched', () => {
    const before = { name: 'A', nodes: { map: { config: { x: 1 } } } };
    const after = { name: 'B', nodes: { map: { config: { x: 2, y: [3] } } } };
    expect(changedFields(before, after)).toEqual([
      { path: ['name'], before: 'A', after: 'B' },
      { path: ['nodes', 'map', 'config', 'x'], before: 1, after: 2 },
      { path: ['nodes', 'map', 'config', 'y'], before: undefined, after: [3] },
    ]);
  });

  test('tells of what was made or removed by its one side', () => {
    expect(changedFields(undefined, { role: 'viewer' })).toEqual([
      { path: ['role'], before: undefined, after: 'viewer' },
    ]);
    expect(changedFields({ a: null }, undefined)).toEqual([{ path: ['a'], before: null, after: undefined }]);
    expect(changedFields(undefined, undefined)).toEqual([]);
    expect(changedFields({}, {})).toEqual([{ path: [], before: {}, after: {} }]);
  });
});

describe('thingIn', () => {
  const by = { kind: 'person', id: 'u1', name: 'ada@example.test' } as const;
  test('gives the name, the person where it was their own, else the id', () => {
    expect(thingIn({ thing: 'u2', thingName: 'bob@example.test', by })).toBe('bob@example.test');
    expect(thingIn({ thing: 'u1', thingName: null, by })).toBe('ada@example.test');
    expect(thingIn({ thing: 'orders', thingName: null, by })).toBe('orders');
  });
});
