import type { ExecutionRow } from '@crossdock/api-contract';
import { describe, expect, test } from 'vitest';
import { matchesFilter, mergeRows } from './execution-filter.ts';

const row = (executionId: string, startedAt: string, status: ExecutionRow['status'] = 'running'): ExecutionRow => ({
  executionId,
  flowId: 'orders',
  revision: 1,
  env: 'dev',
  status,
  startedAt,
  endedAt: null,
  durationMs: null,
  keys: {},
  attempts: 1,
});
const list = (...items: ExecutionRow[]) => ({ pages: [{ items, nextCursor: null }], pageParams: [null] });
const ids = ({ pages }: ReturnType<typeof list>) => pages.flatMap(({ items }) => items.map((item) => item.executionId));

describe('a row of the stream', () => {
  test('belongs to a list by environment, flow, status and time', () => {
    const it = row('a', '2026-01-02T00:00:00.000Z');
    expect(matchesFilter(it, { env: 'dev', flowId: 'orders', status: 'running,waiting' })).toBe('yes');
    expect(matchesFilter(it, { env: 'prod' })).toBe('no');
    expect(matchesFilter(it, { status: 'failed' })).toBe('no');
    expect(matchesFilter(it, { from: '2026-01-03T00:00:00.000Z' })).toBe('no');
  });

  test('that another execution started is listed only among those that this one started', () => {
    const child = { ...row('c', '2026-01-02T00:00:00.000Z'), parentId: 'p' };
    expect(matchesFilter(child, {})).toBe('no');
    expect(matchesFilter(child, { parent: 'p' })).toBe('yes');
    expect(matchesFilter(child, { parent: 'q' })).toBe('no');
    expect(matchesFilter(row('a', '2026-01-02T00:00:00.000Z'), { parent: 'p' })).toBe('no');
  });

  test('may belong to a list that is searched by words: only the runtime knows', () => {
    expect(matchesFilter(row('a', '2026-01-02T00:00:00.000Z'), { q: '#1001' })).toBe('unknown');
  });
});

describe('a list that meets new rows', () => {
  const old = row('old', '2026-01-01T00:00:00.000Z');

  test('takes them in where their start time belongs, and replaces those it has', () => {
    const merged = mergeRows(list(old), [row('new', '2026-01-02T00:00:00.000Z'), { ...old, status: 'succeeded' }], {});
    expect(ids(merged as ReturnType<typeof list>)).toEqual(['new', 'old']);
    expect(merged.pages[0]?.items[1]?.status).toBe('succeeded');
  });

  test('drops a row that no longer matches', () => {
    const merged = mergeRows(list(old), [{ ...old, status: 'succeeded' }], { status: 'running' });
    expect(ids(merged as ReturnType<typeof list>)).toEqual([]);
  });

  test('stays the very same object when nothing concerns it', () => {
    const before = list(old);
    expect(mergeRows(before, [row('x', '2026-01-02T00:00:00.000Z')], { env: 'prod' })).toBe(before);
  });
});
