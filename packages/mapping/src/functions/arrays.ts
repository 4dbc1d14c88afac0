import { isFunctionValue } from '../run/function-value.ts';
import { asSequence, isSequence } from '../run/sequence.ts';
import type { NativeFunction, Run } from '../run.ts';
import { distinctValues } from './distinct.ts';

export const arrayFunctions: readonly NativeFunction[] = [
  { name: 'append', signature: '<xx:a>', params: ['arg1', 'arg2'], call: append },
  { name: 'reverse', signature: '<a:a>', params: ['arr'], call: reverse },
  { name: 'zip', signature: '<a+>', params: [], call: zip },
  { name: 'shuffle', signature: '<a:a>', params: ['arr'], call: shuffle },
  { name: 'distinct', signature: '<x:x>', params: ['arr'], call: distinct },
  { name: 'spread', signature: '<x-:a<o>>', params: ['arg'], call: (run, args) => spread(run, args[0]) },
];

function append(run: Run, args: readonly unknown[]): unknown {
  const [first, second] = args;
  if (first === undefined) return second;
  if (second === undefined) return first;
  const before = Array.isArray(first) ? first : [first];
  const behind = Array.isArray(second) ? second : [second];
  const length = before.length + behind.length;
  run.checkSequence(length);
  run.spend(length / 16);
  return before.concat(behind);
}

function reverse(run: Run, args: readonly unknown[]): unknown {
  const list = args[0] as readonly unknown[] | undefined;
  if (list === undefined || list.length <= 1) return list;
  run.spend(list.length);
  return list.slice().reverse();
}

function zip(run: Run, lists: readonly unknown[]): unknown {
  const length = Math.min(...lists.map((list) => (Array.isArray(list) ? list.length : 0)));
  const tuples: unknown[] = [];
  run.checkSequence(length);
  for (let at = 0; at < length; at++) {
    run.spend(lists.length);
    tuples.push(lists.map((list) => (list as readonly unknown[])[at]));
  }
  return tuples;
}

function shuffle(run: Run, args: readonly unknown[]): unknown {
  const list = args[0] as readonly unknown[] | undefined;
  if (list === undefined || list.length <= 1) return list;
  run.spend(list.length);
  const result: unknown[] = [];
  for (let at = 0; at < list.length; at++) {
    const other = Math.floor(run.random() * (at + 1));
    if (other !== at) result[at] = result[other];
    result[other] = list[at];
  }
  return result;
}

function distinct(run: Run, args: readonly unknown[]): unknown {
  const list = args[0];
  if (!Array.isArray(list) || list.length <= 1) return list;
  const kept = distinctValues(run, list);
  return isSequence(list) ? asSequence(kept) : kept;
}

function spread(run: Run, value: unknown): unknown {
  if (Array.isArray(value)) return spreadList(run, value);
  if (typeof value !== 'object' || value === null || isFunctionValue(value)) return value;
  const keys = Object.keys(value);
  run.spend(keys.length);
  return asSequence(keys.map((key) => ({ [key]: (value as Record<string, unknown>)[key] })));
}

/** A plain list as soon as one element gave something: only an empty result collapses. */
function spreadList(run: Run, list: readonly unknown[]): unknown {
  const result: unknown[] = [];
  let found = false;
  run.spend(list.length);
  for (const element of list) {
    const parts = spread(run, element);
    if (parts === undefined) continue;
    found = true;
    if (!Array.isArray(parts)) result.push(parts);
    else for (const part of parts) result.push(part);
    run.checkSequence(result.length);
  }
  return found ? result : asSequence(result);
}
