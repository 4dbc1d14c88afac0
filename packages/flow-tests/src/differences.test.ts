import type { Expectation, Tolerance } from '@crossdock/flow-model';
import { describe, expect, it } from 'vitest';
import { differences } from './differences.ts';

const got: Expectation = {
  status: 'succeeded',
  path: ['hook', 'map', 'erp'],
  outputs: { map: { no: 'A-17', at: '2026-01-05T09:00:00Z', lines: [{ sku: 'X', qty: 1 }] }, other: 1 },
  calls: { erp: [{ url: '/orders', headers: { date: 'today' } }] },
};
const mapped = (map: unknown): Expectation => ({ outputs: { map } });
const paths = (expected: Expectation, ...tolerances: Tolerance[]) =>
  differences(expected, got, tolerances).map(({ path }) => path);

describe('differences', () => {
  it('compares what the test expects, and nothing else', () => {
    expect(differences({}, got)).toEqual([]);
    expect(differences({ status: 'succeeded', path: ['hook', 'map', 'erp'] }, got)).toEqual([]);
    expect(differences(mapped(got.outputs?.map), got)).toEqual([]);
  });

  it('names the place, what was expected and what was got', () => {
    expect(differences({ status: 'failed', error: { code: 'DATA_INVALID' } }, got)).toEqual([
      { path: 'status', expected: 'failed', got: 'succeeded' },
      { path: 'error', expected: { code: 'DATA_INVALID' } },
    ]);
    const lines = [{ sku: 'Y', qty: 1 }, { sku: 'Z' }];
    expect(differences(mapped({ no: 'A-17', at: '2026-01-05T09:00:00Z', lines }), got)).toEqual([
      { path: 'outputs.map.lines[0].sku', nodeId: 'map', expected: 'Y', got: 'X' },
      { path: 'outputs.map.lines[1]', nodeId: 'map', expected: { sku: 'Z' } },
    ]);
  });

  it('takes a field too many for a difference, unless further ones may be there', () => {
    expect(paths(mapped({ no: 'A-17', lines: [{ sku: 'X' }] }))).toEqual([
      'outputs.map.lines[0].qty',
      'outputs.map.at',
    ]);
    const contains: Tolerance = { path: 'outputs.map', as: 'contains' };
    expect(paths(mapped({ no: 'A-17', lines: [{ sku: 'X' }] }), contains)).toEqual([]);
    expect(paths(mapped({ lines: [] }), contains)).toEqual(['outputs.map.lines[0]']);
    expect(paths(mapped({ no: 'B' }), contains)).toEqual(['outputs.map.no']);
  });

  it('lets places be anything, of one type, or a text of a pattern', () => {
    const expected = mapped({ no: 'B-1', at: 'then', lines: [{ sku: 'X', qty: 9 }] });
    const anything: Tolerance = { path: 'outputs.map.at', as: 'anything' };
    const type: Tolerance = { path: 'outputs.*.lines.qty', as: 'type' };
    const pattern: Tolerance = { path: '**.no', as: 'pattern', pattern: '^[A-Z]-\\d+$' };
    expect(paths(expected, anything, type, pattern)).toEqual([]);
    expect(paths(expected, anything, type, { ...pattern, pattern: '^\\d+$' })).toEqual(['outputs.map.no']);
    expect(paths(mapped({ ...Object(got.outputs?.map), no: 17 }), { path: '**.no', as: 'type' })).toEqual([
      'outputs.map.no',
    ]);
  });

  it('lets a place of any kind be missing on either side where anything goes', () => {
    const { at: _at, ...rest } = Object(got.outputs?.map);
    expect(paths(mapped(rest), { path: '**.at', as: 'anything' })).toEqual([]);
    expect(paths(mapped({ ...rest, gone: 1 }), { path: '**.gone', as: 'anything' })).toEqual(['outputs.map.at']);
  });

  it('stops at a hundred', () => {
    const many = Array.from({ length: 500 }, (_item, index) => index);
    expect(differences(mapped(many), { outputs: { map: many.map((nth) => nth + 1) } })).toHaveLength(100);
  });
});
