import type { Evaluation } from './evaluation.ts';

/** Whether a transform may change what its pattern found: not where that belongs to the input or to the bindings. */
export function mayChange(match: unknown, copy: unknown, run: Evaluation): boolean {
  if (typeof match !== 'object' || match === null) return true;
  return objectsWithin(copy, run).has(match) || !objectsWithin([run.root, run.globals], run).has(match);
}

function objectsWithin(root: unknown, run: Evaluation): Set<object> {
  const found = new Set<object>();
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined || open.length > 0; value = open.pop()) {
    if (typeof value !== 'object' || value === null || found.has(value)) continue;
    found.add(value);
    const parts = Object.values(value);
    run.spend(parts.length + 1);
    for (const part of parts) if (part !== undefined) open.push(part);
  }
  return found;
}
