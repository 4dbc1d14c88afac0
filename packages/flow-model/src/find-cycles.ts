/**
 * One cycle of each tangle in a directed graph, as the ids along it; the last leads back to the first. A tangle of several cycles shows
 * again when the first is mended.
 */
export function findCycles(edges: readonly { source: string; target: string }[]): string[][] {
  const targets = Map.groupBy(edges, (edge) => edge.source);
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const start of targets.keys()) {
    const cycle = cycleFrom(start, targets, done);
    if (cycle) cycles.push(cycle);
  }
  return cycles;
}

type Targets = ReadonlyMap<string, readonly { target: string }[]>;

/** Depth first with a stack of its own; what was finished once need not be entered again. */
function cycleFrom(start: string, targets: Targets, done: Set<string>): string[] | undefined {
  if (done.has(start)) return undefined;
  const path: { id: string; next: number }[] = [{ id: start, next: 0 }];
  const onPath = new Map([[start, 0]]);
  let found: string[] | undefined;
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const target = targets.get(top.id)?.[top.next++]?.target;
    if (target === undefined) {
      done.add(top.id);
      onPath.delete(top.id);
      path.pop();
    } else if (onPath.has(target)) {
      found ??= path.slice(onPath.get(target)).map(({ id }) => id);
    } else if (!done.has(target)) {
      onPath.set(target, path.length);
      path.push({ id: target, next: 0 });
    }
  }
  return found;
}
