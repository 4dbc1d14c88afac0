import { asSequence } from '../run/sequence.ts';
import type { JsonataError, NativeFunction, Run } from '../run.ts';
import { sorted } from './merge-sort.ts';
import { setField } from './objects.ts';
import { truthOf } from './truth.ts';

export const higherOrderFunctions: readonly NativeFunction[] = [
  { name: 'map', signature: '<af>', params: ['arr', 'func'], call: map },
  { name: 'filter', signature: '<af>', params: ['arr', 'func'], call: filter },
  { name: 'single', signature: '<af?>', params: ['arr', 'func'], call: single },
  { name: 'reduce', signature: '<afj?:j>', params: ['sequence', 'func', 'init'], call: reduce },
  { name: 'sift', signature: '<o-f?:o>', params: ['arg', 'func'], call: sift },
  { name: 'each', signature: '<o-f:a>', params: ['obj', 'func'], call: each },
  { name: 'sort', signature: '<af?:a>', params: ['arr', 'comparator'], call: sort },
];

/** No more arguments than the function takes. */
function argumentsFor(arity: number, value: unknown, place: unknown, whole: unknown): readonly unknown[] {
  if (arity >= 3) return [value, place, whole];
  return arity >= 2 ? [value, place] : [value];
}

function map(run: Run, args: readonly unknown[]): unknown {
  const [list, fn] = args as [readonly unknown[] | undefined, unknown];
  if (list === undefined) return undefined;
  const results: unknown[] = [];
  const arity = list.length > 0 ? run.arityOf(fn) : 0;
  for (let at = 0; at < list.length; at++) {
    run.spend(1);
    const result = run.applyToItem(fn, argumentsFor(arity, list[at], at, list));
    if (result === undefined) continue;
    run.checkSequence(results.length + 1);
    results.push(result);
  }
  run.settle();
  return asSequence(results);
}

function filter(run: Run, args: readonly unknown[]): unknown {
  const [list, fn] = args as [readonly unknown[] | undefined, unknown];
  if (list === undefined) return undefined;
  const kept: unknown[] = [];
  const arity = list.length > 0 ? run.arityOf(fn) : 0;
  for (let at = 0; at < list.length; at++) {
    run.spend(1);
    const value = list[at];
    if (!truthOf(run, run.applyToItem(fn, argumentsFor(arity, value, at, list)))) continue;
    run.checkSequence(kept.length + 1);
    kept.push(value);
  }
  run.settle();
  return asSequence(kept);
}

function single(run: Run, args: readonly unknown[]): unknown {
  const [list, fn] = args as [readonly unknown[] | undefined, unknown];
  if (list === undefined) return undefined;
  let found = -1;
  const arity = fn === undefined || list.length === 0 ? 0 : run.arityOf(fn);
  for (let at = 0; at < list.length; at++) {
    run.spend(1);
    if (fn !== undefined && !truthOf(run, run.applyToItem(fn, argumentsFor(arity, list[at], at, list)))) continue;
    if (found >= 0) throw { code: 'D3138', index: at } satisfies JsonataError;
    found = at;
  }
  run.settle();
  if (found < 0) throw { code: 'D3139' } satisfies JsonataError;
  return list[found];
}

function reduce(run: Run, args: readonly unknown[]): unknown {
  const [list, fn, start] = args as [readonly unknown[] | undefined, unknown, unknown];
  if (list === undefined) return undefined;
  const arity = run.arityOf(fn);
  if (arity < 2) throw { code: 'D3050', index: 1 } satisfies JsonataError;
  const withoutStart = start === undefined && list.length > 0;
  let result = withoutStart ? list[0] : start;
  for (let at = withoutStart ? 1 : 0; at < list.length; at++) {
    run.spend(1);
    const given = arity >= 4 ? [result, list[at], at, list] : arity === 3 ? [result, list[at], at] : [result, list[at]];
    result = run.apply(fn, given);
  }
  return result;
}

function each(run: Run, args: readonly unknown[]): unknown {
  const [object, fn] = args;
  const results: unknown[] = [];
  const keys = fieldsOf(object);
  const arity = keys.length > 0 ? run.arityOf(fn) : 0;
  for (const key of keys) {
    run.spend(1);
    const value = (object as Record<string, unknown>)[key];
    const result = run.applyToItem(fn, argumentsFor(arity, value, key, object));
    if (result === undefined) continue;
    run.checkSequence(results.length + 1);
    results.push(result);
  }
  run.settle();
  return asSequence(results);
}

function sift(run: Run, args: readonly unknown[]): unknown {
  const [object, fn] = args;
  const kept: Record<string, unknown> = {};
  let found = false;
  const keys = fieldsOf(object);
  const arity = keys.length > 0 ? arityOfGiven(run, fn) : 0;
  for (const key of keys) {
    run.spend(1);
    const value = (object as Record<string, unknown>)[key];
    if (!truthOf(run, run.applyToItem(fn, argumentsFor(arity, value, key, object)))) continue;
    found = true;
    setField(kept, key, value);
  }
  run.settle();
  return found ? kept : undefined;
}

const fieldsOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : [];

/** The signature of `$sift` lets its function be left out, but only an object without fields gets by without. */
function arityOfGiven(run: Run, fn: unknown): number {
  if (fn === undefined) throw new TypeError('a function is missing');
  return run.arityOf(fn);
}

function sort(run: Run, args: readonly unknown[]): unknown {
  const [list, comparator] = args as [readonly unknown[] | undefined, unknown];
  if (list === undefined || list.length <= 1) return list;
  if (comparator === undefined) return sorted(run, list);
  return sorted(run, list, (a, b) => Boolean(run.apply(comparator, [a, b])));
}
