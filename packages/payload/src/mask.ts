/** A mask made ready for use by `compileMask`. */
export interface Mask {
  readonly paths: readonly (readonly Segment[])[];
}

type Segment = { readonly kind: 'name'; readonly name: string } | { readonly kind: 'any' } | { readonly kind: 'deep' };

/** Where in each path the walk stands: pairs of path number and segment number. */
type State = readonly (readonly [path: number, segment: number])[];

const SEGMENT = /(?:`([^`]+)`|([^.`*]+)|(\*\*?))(?:\.(?=.)|$)/y;

/**
 * The mistake in a mask path, as the rest of a sentence ("has an empty name"), or nothing when it is sound.
 * A path is names, `*` (any key or index) and `**` (any depth) joined by dots; a name that holds a dot or a star stands in backticks.
 */
export function checkMaskPath(path: string): string | undefined {
  const segments = readSegments(path);
  return typeof segments === 'string' ? segments : undefined;
}

/** Reads mask paths once, to be applied often. A path that `checkMaskPath` refuses throws a `TypeError`: validated flows have none. */
export function compileMask(paths: readonly string[]): Mask {
  return {
    paths: paths.map((path) => {
      const segments = readSegments(path);
      if (typeof segments === 'string') throw new TypeError(`the mask path "${path}" ${segments}`);
      return segments;
    }),
  };
}

/**
 * Gives `payload` with each value that the mask names put through `replace`, whole: an object or array is not entered further.
 * Nothing is changed in place; what holds no masked value is shared with the input, which itself comes back when nothing matches.
 * A name meets an array by looking into each object of it, as JSONata does, so `lines.email` and `lines.*.email` mask the same.
 * A trailing `**` names everything below, not the place itself.
 */
export function applyMask(payload: unknown, mask: Mask, replace: (value: unknown) => unknown): unknown {
  const start = startOf(mask);
  return start.length === 0 ? payload : walk(payload, start, mask, replace);
}

/** Every string, number and boolean at or below a place the mask names, each once. */
export function collectMasked(payload: unknown, mask: Mask): (string | number | boolean)[] {
  const found = new Set<string | number | boolean>();
  applyMask(payload, mask, (value) => {
    collectLeaves(value, found);
    return value;
  });
  return [...found];
}

function collectLeaves(value: unknown, into: Set<string | number | boolean>): void {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') into.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const child of Object.values(value)) collectLeaves(child, into);
}

function readSegments(path: string): Segment[] | string {
  if (path === '') return 'is empty';
  const segments: Segment[] = [];
  SEGMENT.lastIndex = 0;
  while (SEGMENT.lastIndex < path.length) {
    const at = SEGMENT.lastIndex;
    const match = SEGMENT.exec(path);
    if (!match) return mistakeAt(path, at);
    const name = match[1] ?? match[2];
    segments.push(name !== undefined ? { kind: 'name', name } : { kind: match[3] === '*' ? 'any' : 'deep' });
  }
  return segments;
}

function mistakeAt(path: string, at: number): string {
  if (path[at] === '.' || path.endsWith('.')) return 'has an empty name between dots';
  if (path.slice(at).includes('`'))
    return 'has a name in backticks that is not closed, or is followed by something other than a dot';
  return 'has a star within a name; put a name that holds a star or a dot in backticks';
}

function startOf(mask: Mask): State {
  return close(
    mask.paths.map((_path, index) => [index, 0] as const),
    mask,
  );
}

/** `**` also stands for no level at all, so a state before one may pass it. */
function close(state: State, mask: Mask): State {
  const all: (readonly [number, number])[] = [];
  const seen = new Set<string>();
  const queue = [...state];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [path, at] = next;
    if (seen.has(`${path}/${at}`)) continue;
    seen.add(`${path}/${at}`);
    all.push(next);
    const segments = mask.paths[path];
    if (segments?.[at]?.kind === 'deep' && at + 1 < segments.length) queue.push([path, at + 1]);
  }
  return all;
}

function walk(value: unknown, state: State, mask: Mask, replace: (value: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? walkArray(value, state, mask, replace) : walkObject(value, state, mask, replace);
}

function walkArray(items: unknown[], state: State, mask: Mask, replace: (value: unknown) => unknown): unknown[] {
  const intoObjects = state.filter(([path, at]) => mask.paths[path]?.[at]?.kind === 'name');
  let copy: unknown[] | undefined;
  for (const [index, item] of items.entries()) {
    const next = step(state, String(index), mask);
    const within = isNested(item) ? [...next, ...intoObjects] : next;
    const changed = isMatch(next, mask) ? replace(item) : walk(item, within, mask, replace);
    if (changed === item) continue;
    copy ??= [...items];
    copy[index] = changed;
  }
  return copy ?? items;
}

function walkObject(value: object, state: State, mask: Mask, replace: (value: unknown) => unknown): unknown {
  let copy: Record<string, unknown> | undefined;
  for (const [key, child] of Object.entries(value)) {
    const next = step(state, key, mask);
    if (next.length === 0) continue;
    const changed = isMatch(next, mask) ? replace(child) : walk(child, next, mask, replace);
    if (changed === child) continue;
    copy ??= { ...value };
    copy[key] = changed;
  }
  return copy ?? value;
}

function step(state: State, key: string, mask: Mask): State {
  const next: (readonly [number, number])[] = [];
  for (const [path, at] of state) {
    const segments = mask.paths[path];
    const segment = segments?.[at];
    if (segment === undefined || segments === undefined) continue;
    if (segment.kind === 'deep') next.push([path, at + 1 === segments.length ? at + 1 : at]);
    else if (segment.kind === 'any' || segment.name === key) next.push([path, at + 1]);
  }
  return close(next, mask);
}

function isMatch(state: State, mask: Mask): boolean {
  return state.some(([path, at]) => at === mask.paths[path]?.length);
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
