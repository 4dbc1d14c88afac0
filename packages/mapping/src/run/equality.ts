import type { Run } from '../run.ts';
import { countTurn } from './stride.ts';

/** Whether two values are the same data; the order of keys does not count. */
export function isDeepEqual(run: Run, a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    for (let at = 0; at < a.length; at++) {
      countTurn(run, at, a.length);
      if (!isDeepEqual(run, a[at], b[at])) return false;
    }
    return true;
  }
  const keys = namesOf(a);
  if (keys.length !== namesOf(b).length) return false;
  for (let at = 0; at < keys.length; at++) {
    countTurn(run, at, keys.length);
    if (!Object.hasOwn(b, keys[at] as string)) return false;
  }
  for (let at = 0; at < keys.length; at++) {
    countTurn(run, at, keys.length);
    const key = keys[at] as string;
    if (!isDeepEqual(run, (a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false;
  }
  return true;
}

/** A list is equal to an object that has its elements, and its length, as fields. */
const namesOf = (value: object): string[] =>
  Array.isArray(value) ? Object.getOwnPropertyNames(value) : Object.keys(value);
