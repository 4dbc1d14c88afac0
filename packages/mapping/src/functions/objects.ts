import { isFunctionValue } from '../run/function-value.ts';
import { asSequence } from '../run/sequence.ts';
import { countTurn } from '../run/stride.ts';
import type { NativeFunction, Run } from '../run.ts';

export const objectFunctions: readonly NativeFunction[] = [
  { name: 'keys', signature: '<x-:a<s>>', params: ['arg'], call: (run, args) => asSequence(keysOf(run, args[0])) },
  { name: 'lookup', signature: '<x-s:x>', params: ['input', 'key'], call: lookup },
  { name: 'merge', signature: '<a<o>:o>', params: ['arg'], call: merge },
];

/** The field names of an object, or those of all objects in a list, each once. */
function keysOf(run: Run, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value)) {
    if (isFunctionValue(value)) return [];
    const keys = Object.keys(value);
    run.checkSequence(keys.length);
    run.spend(keys.length);
    return keys;
  }
  // An object, as it puts names that are numbers first.
  const names: Record<string, boolean> = Object.create(null);
  for (let at = 0; at < value.length; at++) {
    countTurn(run, at, value.length);
    const found = keysOf(run, value[at]);
    for (let key = 0; key < found.length; key++) {
      countTurn(run, key, found.length);
      names[found[key] as string] = true;
    }
  }
  const keys = Object.keys(names);
  run.checkSequence(keys.length);
  return keys;
}

function lookup(run: Run, args: readonly unknown[]): unknown {
  return fieldOf(run, args[0], args[1] as string);
}

function fieldOf(run: Run, from: unknown, key: string): unknown {
  if (typeof from !== 'object' || from === null) return undefined;
  if (Array.isArray(from)) return fieldsOf(run, from, key);
  return Object.hasOwn(from, key) && !isFunctionValue(from) ? (from as Record<string, unknown>)[key] : undefined;
}

function fieldsOf(run: Run, list: readonly unknown[], key: string): unknown {
  const found: unknown[] = [];
  for (let at = 0; at < list.length; at++) {
    countTurn(run, at, list.length);
    const value = fieldOf(run, list[at], key);
    if (value === undefined) continue;
    if (Array.isArray(value)) {
      run.spend(value.length);
      run.checkSequence(found.length + value.length);
      for (const inner of value) found.push(inner);
    } else {
      run.checkSequence(found.length + 1);
      found.push(value);
    }
  }
  return asSequence(found);
}

function merge(run: Run, args: readonly unknown[]): unknown {
  const list = args[0] as readonly unknown[] | undefined;
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) throw new TypeError('what is merged is a list');
  const merged: Record<string, unknown> = {};
  run.spend(list.length);
  for (let at = 0; at < list.length; at++) {
    const object = list[at];
    if (typeof object !== 'object' || object === null) continue;
    const keys = Object.keys(object);
    for (let field = 0; field < keys.length; field++) {
      countTurn(run, field, keys.length);
      const key = keys[field] as string;
      setField(merged, key, (object as Record<string, unknown>)[key]);
    }
  }
  return merged;
}

/** Sets a field, whatever its name: plain assignment of `__proto__` would set the prototype. */
export function setField(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}
