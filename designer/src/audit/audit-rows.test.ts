import { describe, expect, test } from 'vitest';
import { changedFields } from './audit-rows.ts';

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
