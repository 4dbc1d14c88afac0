import type { ExecutionRow } from '@crossdock/api-contract';

/** What a list of executions is narrowed to; the fields are those of the API's query. */
export interface ExecutionFilter {
  env?: string;
  flowId?: string;
  /** One status, or several with commas. */
  status?: string;
  key?: string;
  q?: string;
  /** Only those that this execution started. */
  parent?: string;
  from?: string;
  to?: string;
}

/**
 * Whether a row belongs to a list, as far as the browser can tell: the words of `key` and `q` are searched by the
 * runtime alone, so a list narrowed by them answers `unknown`.
 */
export function matchesFilter(row: ExecutionRow, filter: ExecutionFilter): 'yes' | 'no' | 'unknown' {
  if (filter.env && row.env !== filter.env) return 'no';
  if (filter.flowId && row.flowId !== filter.flowId) return 'no';
  if (filter.status && !filter.status.split(',').includes(row.status)) return 'no';
  if (filter.from && row.startedAt < filter.from) return 'no';
  if (filter.to && row.startedAt >= filter.to) return 'no';
  if (filter.parent && row.parentId !== filter.parent) return 'no';
  if (filter.key || filter.q) return 'unknown';
  // Those that another execution started are looked for, never listed among the rest.
  return row.parentId === filter.parent ? 'yes' : 'no';
}

export interface ExecutionPages {
  pages: { items: ExecutionRow[]; nextCursor: string | null }[];
  pageParams: unknown[];
}

/**
 * A list with the rows that the stream brought: known ones replaced, new ones put where their start time belongs,
 * those that no longer match taken out. Gives the same object back when nothing changes.
 */
export function mergeRows(
  list: ExecutionPages,
  rows: readonly ExecutionRow[],
  filter: ExecutionFilter,
): ExecutionPages {
  const incoming = new Map(rows.map((row) => [row.executionId, row]));
  let changed = false;
  const pages = list.pages.map((page) => {
    const items = page.items.flatMap((item) => {
      const next = incoming.get(item.executionId);
      if (next === undefined) return [item];
      incoming.delete(item.executionId);
      changed = true;
      return matchesFilter(next, filter) === 'no' ? [] : [next];
    });
    return { ...page, items };
  });
  const fresh = [...incoming.values()].filter((row) => matchesFilter(row, filter) === 'yes');
  const first = pages[0];
  if (first && fresh.length > 0) {
    changed = true;
    first.items = [...fresh, ...first.items].sort((a, b) =>
      a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0,
    );
  }
  return changed ? { ...list, pages } : list;
}
