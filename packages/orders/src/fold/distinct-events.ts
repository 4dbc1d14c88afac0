import type { OrderEvent } from '../events/catalogue/index.ts';
import { heardAt, identityOf } from '../events/stamp.ts';

export interface DistinctEvents {
  readonly events: readonly OrderEvent[];
  /** Sources and ids (`source|id`) under which different things were said, sorted: the fault of a source. */
  readonly conflicts: readonly string[];
}

/**
 * Each event once, by source and id, as it was heard first. Where a source says two things under one id, the one with the later time counts, of the same time the one
 * whose JSON text is greater: no better than the other, but the same for everyone.
 */
export function distinctEvents(events: Iterable<OrderEvent>): DistinctEvents {
  const distinct = new Map<string, OrderEvent>();
  const conflicts = new Set<string>();
  for (const event of events) {
    const identity = identityOf(event);
    const known = distinct.get(identity);
    if (known === undefined) distinct.set(identity, event);
    else if (known !== event) {
      // Most of what comes twice is the same to the letter, which is told sooner than what it says.
      const isSame = isEqual(known.data, event.data) && known.time === event.time && known.type === event.type;
      const [before, now] = isSame ? ['', ''] : [saidBy(known), saidBy(event)];
      if (before !== now) conflicts.add(identity);
      if (before < now || (before === now && heardAt(event) < heardAt(known))) distinct.set(identity, event);
    }
  }
  return { events: [...distinct.values()], conflicts: [...conflicts].sort() };
}

/** Equal as JSON, in whatever order the fields stand. */
function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isEqual(Reflect.get(a, key), Reflect.get(b, key)));
}

/** What an event says; when it was stored and in whose trace differs from one delivery to the next. */
function saidBy({ type, time, data }: OrderEvent): string {
  return JSON.stringify([new Date(time).toISOString(), type, sortedKeys(data)]);
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sortedKeys(inner)]);
}
