import type { NativeFunction, Run } from '../run.ts';

export const aggregateFunctions: readonly NativeFunction[] = [
  { name: 'sum', signature: '<a<n>:n>', params: ['args'], call: sum },
  { name: 'count', signature: '<a:n>', params: ['args'], call: count },
  { name: 'max', signature: '<a<n>:n>', params: ['args'], call: max },
  { name: 'min', signature: '<a<n>:n>', params: ['args'], call: min },
  { name: 'average', signature: '<a<n>:n>', params: ['args'], call: average },
];

function sum(run: Run, args: readonly unknown[]): unknown {
  return args[0] === undefined ? undefined : total(run, args[0]);
}

function average(run: Run, args: readonly unknown[]): unknown {
  const list = args[0] as readonly unknown[] | undefined;
  return list === undefined || list.length === 0 ? undefined : total(run, list) / list.length;
}

function total(run: Run, list: unknown): number {
  if (!Array.isArray(list)) throw new TypeError('a total is of a list');
  run.spend(list.length);
  let result = 0;
  for (let at = 0; at < list.length; at++) result += list[at];
  return result;
}

function count(_run: Run, args: readonly unknown[]): unknown {
  return args[0] === undefined ? 0 : (args[0] as readonly unknown[]).length;
}

function max(run: Run, args: readonly unknown[]): unknown {
  return extreme(run, args[0] as readonly number[] | undefined, Math.max, Number.NEGATIVE_INFINITY);
}

function min(run: Run, args: readonly unknown[]): unknown {
  return extreme(run, args[0] as readonly number[] | undefined, Math.min, Number.POSITIVE_INFINITY);
}

function extreme(
  run: Run,
  list: readonly number[] | undefined,
  better: (a: number, b: number) => number,
  least: number,
): number | undefined {
  if (list === undefined || list.length === 0) return undefined;
  run.spend(list.length);
  let result = least;
  for (let at = 0; at < list.length; at++) result = better(result, list[at] as number);
  return result;
}
