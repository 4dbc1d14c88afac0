import { isFunctionValue } from '../run/function-value.ts';
import { asSequence, isSequence } from '../run/sequence.ts';
import { countTurn } from '../run/stride.ts';
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
  if (length <= COPIED_AT_ONCE) {
    run.spend(length / 16);
    return before.concat(behind);
  }
  // At its length from the start: to extend a list of millions is to copy it.
  const all = new Array<unknown>(length);
  copyTo(run, all, 0, before);
  copyTo(run, all, before.length, behind);
  return all;
}

/** Lists up to that length are copied in well below a millisecond. */
const COPIED_AT_ONCE = 65_536;

function copyTo(run: Run, all: unknown[], start: number, list: readonly unknown[]): void {
  for (let from = 0; from < list.length; from += COPIED_AT_ONCE) {
    const to = Math.min(list.length, from + COPIED_AT_ONCE);
    run.spend((to - from) / 16);
    for (let at = from; at < to; at++) all[start + at] = list[at];
  }
}

function reverse(run: Run, args: readonly unknown[]): unknown {
  const list = args[0] as readonly unknown[] | undefined;
  if (list === undefined || list.length <= 1) return list;
  const { length } = list;
  const reversed = new Array<unknown>(length);
  for (let at = 0; at < length; at++) {
    countTurn(run, at, length);
    reversed[at] = list[length - 1 - at];
  }
  return reversed;
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
  const result: unknown[] = [];
  for (let at = 0; at < list.length; at++) {
    countTurn(run, at, list.length);
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
  return asSequence(
    keys.map((key, at) => {
      countTurn(run, at, keys.length);
      return { [key]: (value as Record<string, unknown>)[key] };
    }),
  );
}

/** A plain list as soon as one element gave something: only an empty result collapses. */
function spreadList(run: Run, list: readonly unknown[]): unknown {
  const result: unknown[] = [];
  let found = false;
  for (let at = 0; at < list.length; at++) {
    countTurn(run, at, list.length);
    const parts = spread(run, list[at]);
    if (parts === undefined) continue;
    found = true;
    if (!Array.isArray(parts)) result.push(parts);
    else for (const part of parts) result.push(part);
    run.checkSequence(result.length);
  }
  return found ? result : asSequence(result);
}
