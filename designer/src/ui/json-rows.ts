/** Longer lists and objects are folded into ranges of this many, so that unfolding one never makes 10,000 rows at once. */
export const CHUNK = 100;

export type PathStep = string | number;

/** One visible line of the tree. */
export interface JsonRow {
  /** Unique and stable: the path, and for a range its first index. */
  id: string;
  /** Row that folds this one. */
  parentId: string | undefined;
  path: readonly PathStep[];
  depth: number;
  /** Field name or index; undefined for the root. */
  label: PathStep | undefined;
  kind: 'object' | 'array' | 'range' | 'masked' | 'blob' | 'string' | 'number' | 'boolean' | 'null';
  value: unknown;
  /** Children of an object or array; size of a range. */
  count: number;
  open: boolean;
  /** For a range: first and last index in its parent. */
  from?: number;
  to?: number;
}

/** The id of a path. */
export const pathId = (path: readonly PathStep[]): string => JSON.stringify(path);

/** How the API shows what the reader may not see. */
export const MASKED = '•••';

/** Whether a payload, as it is shown, has something that the reader does not see. */
export function holdsMasked(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(MASKED);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsMasked);
}

/** The lines to draw for a payload, given which are unfolded. */
export function visibleRows(value: unknown, open: ReadonlySet<string>): JsonRow[] {
  const rows: JsonRow[] = [];
  addValue(rows, value, [], undefined, undefined, 0, open);
  return rows;
}

/** What to unfold on arrival: level by level from the root, as long as it stays within `maxRows` lines. */
export function firstOpen(value: unknown, maxRows = 60): Set<string> {
  const open = new Set<string>();
  let level: { value: unknown; path: PathStep[] }[] = [{ value, path: [] }];
  let rows = 1;
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { value: parent, path } of level) {
      if (!isFoldable(parent)) continue;
      const children = entriesOf(parent);
      const added = children.length > CHUNK ? Math.ceil(children.length / CHUNK) : children.length;
      if (path.length > 0 && rows + added > maxRows) continue;
      rows += added;
      open.add(pathId(path));
      if (children.length <= CHUNK)
        next.push(...children.map(([step, child]) => ({ value: child, path: [...path, step] })));
    }
    level = next;
  }
  return open;
}

/** Everything to unfold so that the row of `path` shows. */
export function ancestorsOf(value: unknown, path: readonly PathStep[]): string[] {
  const ids: string[] = [];
  let at: unknown = value;
  for (const [depth, step] of path.entries()) {
    const here = path.slice(0, depth);
    ids.push(pathId(here));
    const children = isFoldable(at) ? entriesOf(at) : [];
    if (children.length > CHUNK) {
      const index = children.findIndex(([name]) => name === step);
      ids.push(rangeId(here, Math.floor(index / CHUNK) * CHUNK));
    }
    at = children.find(([name]) => name === step)?.[1];
  }
  return ids;
}

/** Paths whose field name or value holds `query` (any case), in reading order, at most `limit`. */
export function findPaths(value: unknown, query: string, limit = 1_000): PathStep[][] {
  const wanted = query.toLowerCase();
  const found: PathStep[][] = [];
  const visit = (at: unknown, path: PathStep[]): void => {
    if (found.length >= limit) return;
    const name = path.at(-1);
    const foldable = isFoldable(at);
    if (
      (typeof name === 'string' && name.toLowerCase().includes(wanted)) ||
      (!foldable && String(at).toLowerCase().includes(wanted))
    )
      found.push(path);
    if (foldable) for (const [step, child] of entriesOf(at)) visit(child, [...path, step]);
  };
  if (wanted !== '') visit(value, []);
  return found;
}

/** A path as it is written in a mapping: `line_items[0].sku`, odd names in backticks; the root is `$`. */
export function formatPath(path: readonly PathStep[]): string {
  if (path.length === 0) return '$';
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text === '' ? '$' : text}[${step}]`;
    const name = /^[A-Za-z_]\w*$/.test(step) ? step : `\`${step}\``;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** What a value is, for its colour and whether it folds. */
export function kindOf(value: unknown): Exclude<JsonRow['kind'], 'range'> {
  if (value === null || value === undefined) return 'null';
  if (value === MASKED) return 'masked';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'object') return '$blob' in value ? 'blob' : 'object';
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string';
}

function isFoldable(value: unknown): value is object {
  const kind = kindOf(value);
  return kind === 'object' || kind === 'array' || kind === 'blob';
}

function entriesOf(value: object): [PathStep, unknown][] {
  return Array.isArray(value) ? value.map((item, index): [number, unknown] => [index, item]) : Object.entries(value);
}

const rangeId = (path: readonly PathStep[], from: number): string => `${pathId(path)}#${from}`;

function addValue(
  rows: JsonRow[],
  value: unknown,
  path: readonly PathStep[],
  label: PathStep | undefined,
  parentId: string | undefined,
  depth: number,
  open: ReadonlySet<string>,
): void {
  const id = pathId(path);
  const children = isFoldable(value) ? entriesOf(value) : [];
  const isOpen = children.length > 0 && open.has(id);
  rows.push({ id, parentId, path, depth, label, kind: kindOf(value), value, count: children.length, open: isOpen });
  if (!isOpen) return;
  if (children.length <= CHUNK) {
    for (const [step, child] of children) addValue(rows, child, [...path, step], step, id, depth + 1, open);
    return;
  }
  for (let from = 0; from < children.length; from += CHUNK) {
    const slice = children.slice(from, from + CHUNK);
    const range = rangeId(path, from);
    const rangeOpen = open.has(range);
    const to = from + slice.length - 1;
    rows.push({
      id: range,
      parentId: id,
      path,
      depth: depth + 1,
      label: undefined,
      kind: 'range',
      value: undefined,
      count: slice.length,
      open: rangeOpen,
      from,
      to,
    });
    if (rangeOpen)
      for (const [step, child] of slice) addValue(rows, child, [...path, step], step, range, depth + 2, open);
  }
}
