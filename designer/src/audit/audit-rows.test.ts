import { describe, expect, test } from 'vitest';
import { changedFields, placeOf, thingIn } from './audit-rows.ts';

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

describe('placeOf', () => {
  test('leads to the execution of a revealed payload and to the flow, not to what is gone', () => {
    expect(placeOf({ action: 'payload.revealed', thing: 'e1/s1.out' })).toEqual({
      to: '/executions/$executionId',
      params: { executionId: 'e1' },
    });
    expect(placeOf({ action: 'flow.deployed', thing: 'orders' })).toEqual({
      to: '/flows/$flowId',
      params: { flowId: 'orders' },
    });
    expect(placeOf({ action: 'flow.deleted', thing: 'orders' })).toBeUndefined();
    expect(placeOf({ action: 'retention.changed', thing: 'dev' })).toBeUndefined();
  });
});
