import { countTurn } from '../run/stride.ts';
import type { JsonataError, Run } from '../run.ts';
import { isNumeric } from './truth.ts';

/** As long as the deadline is looked at between two of these, the engine's own sort is the faster one. */
const NATIVE_LENGTH = 16_384;

/**
 * A sorted copy, equal elements in the order they had. `comesAfter` is asked in the order of the reference's merge sort: it may have effects,
 * and need not be consistent. Without it numbers and strings are sorted, each among themselves; throws `D3070` for anything else.
 */
export function sorted(
  run: Run,
  list: readonly unknown[],
  comesAfter?: (a: unknown, b: unknown) => boolean,
): unknown[] {
  if (comesAfter) return mergeSorted(run, list.slice(), comesAfter, 1, (part) => part);
  const all = (isWanted: (value: unknown) => boolean): boolean =>
    list.every((value, at) => {
      countTurn(run, at, list.length);
      return isWanted(value);
    });
  if (all(isNumeric)) return sortedPlain(run, list as number[], (a, b) => a - b);
  if (all((value) => typeof value === 'string')) return sortedPlain(run, list as string[]);
  throw { code: 'D3070', index: 1 } satisfies JsonataError;
}

function sortedPlain<T>(run: Run, list: readonly T[], compare?: (a: T, b: T) => number): T[] {
  return mergeSorted(
    run,
    list.slice(),
    (a, b) => a > b,
    NATIVE_LENGTH,
    (part) => part.sort(compare),
  );
}

function mergeSorted<T>(
  run: Run,
  list: T[],
  comesAfter: (a: T, b: T) => boolean,
  leafLength: number,
  sortLeaf: (part: T[]) => T[],
): T[] {
  run.spend(list.length);
  if (list.length <= leafLength) return sortLeaf(list);
  const middle = Math.floor(list.length / 2);
  const left = mergeSorted(run, list.slice(0, middle), comesAfter, leafLength, sortLeaf);
  const right = mergeSorted(run, list.slice(middle), comesAfter, leafLength, sortLeaf);
  const merged: T[] = [];
  let fromLeft = 0;
  let fromRight = 0;
  while (fromLeft < left.length && fromRight < right.length) {
    countTurn(run, merged.length, list.length);
    const isAfter = comesAfter(left[fromLeft] as T, right[fromRight] as T);
    merged.push((isAfter ? right[fromRight++] : left[fromLeft++]) as T);
  }
  while (fromLeft < left.length) merged.push(left[fromLeft++] as T);
  while (fromRight < right.length) merged.push(right[fromRight++] as T);
  return merged;
}
