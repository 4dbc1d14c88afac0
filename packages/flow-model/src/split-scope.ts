import type { FlowEdge } from './document.ts';

/** The handle by which the items of a split leave. */
const EACH_HANDLE = 'each';

/** An edge that leads to a node behind `each` of a split from elsewhere. */
export interface SplitBreach<Edge> {
  edge: Edge;
  /** Id of the split whose node it leads to; of nested ones the innermost. */
  split: string;
}

/**
 * The edges that break the scope of a split. What is reached from its `each` runs once for each item, so nothing else may lead there: neither
 * `done` nor a node that runs once. A split that leads to itself is a cycle and passed over.
 */
export function splitBreaches<Edge extends Pick<FlowEdge, 'source' | 'sourceHandle' | 'target'>>(
  splits: readonly string[],
  edges: readonly Edge[],
): SplitBreach<Edge>[] {
  const bySource = Map.groupBy(edges, ({ source }) => source);
  const scopes = splits
    .map((split) => ({ split, nodes: scopeOf(split, bySource) }))
    .filter(({ split, nodes }) => !nodes.has(split))
    .sort((a, b) => a.nodes.size - b.nodes.size);
  return edges.flatMap((edge) => {
    const broken = scopes.find(
      ({ split, nodes }) =>
        nodes.has(edge.target) &&
        !nodes.has(edge.source) &&
        !(edge.source === split && edge.sourceHandle === EACH_HANDLE),
    );
    return broken ? [{ edge, split: broken.split }] : [];
  });
}

/** A split that a part has without all that runs for each of its items. */
export function cutSplit(
  splits: readonly string[],
  edges: readonly Pick<FlowEdge, 'source' | 'sourceHandle' | 'target'>[],
  part: ReadonlySet<string>,
): string | undefined {
  const bySource = Map.groupBy(edges, ({ source }) => source);
  return splits
    .filter((split) => part.has(split))
    .find((split) => [...scopeOf(split, bySource)].some((id) => !part.has(id)));
}

function scopeOf(
  split: string,
  bySource: ReadonlyMap<string, readonly Pick<FlowEdge, 'sourceHandle' | 'target'>[]>,
): Set<string> {
  const first = (bySource.get(split) ?? []).filter(({ sourceHandle }) => sourceHandle === EACH_HANDLE);
  const scope = new Set<string>();
  const open = first.map(({ target }) => target);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (scope.has(id)) continue;
    scope.add(id);
    for (const { target } of bySource.get(id) ?? []) open.push(target);
  }
  return scope;
}
