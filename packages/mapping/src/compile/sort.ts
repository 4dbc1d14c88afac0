import { sorted } from '../functions/merge-sort.ts';
import type { Code } from '../run/code.ts';
import type { Evaluation } from '../run/evaluation.ts';
import type { Frame } from '../run/frame.ts';
import { asSequence } from '../run/sequence.ts';
import { countTurn } from '../run/stride.ts';
import type { AstNode } from './ast-node.ts';
import type { Place } from './place.ts';

/** An element with what the terms gave for it, as far as they were asked. */
interface Entry<T> {
  readonly item: T;
  readonly keys: unknown[];
}

/** `^(term, ...)` on the context values of a path. */
export function sortCode(
  node: AstNode,
  place: Place,
): (list: readonly unknown[], frame: Frame, run: Evaluation) => unknown[] {
  const order = orderOf(node, (expression) => place.code(expression));
  return (list, frame, run) => {
    if (list.length <= 1) return asSequence(list.slice());
    return order(list, run, (code, item) => code(item, frame, run));
  };
}

/** Sorts by the terms of a sort step. `keyOf` evaluates one of them for an element. Throws `T2007` and `T2008`. */
export function orderOf(
  { terms = [], position }: AstNode,
  compile: (expression: AstNode) => Code,
): <T>(list: readonly T[], run: Evaluation, keyOf: (code: Code, item: T) => unknown) => T[] {
  const codes = terms.map(({ expression }) => compile(expression));
  return (list, run, keyOf) => {
    type Item = (typeof list)[number];
    const keyAt = ({ item, keys }: Entry<Item>, at: number): unknown => {
      if (at === keys.length) keys.push(keyOf(codes[at] as Code, item));
      return keys[at];
    };
    const comesAfter = (a: Entry<Item>, b: Entry<Item>): boolean => {
      for (let at = 0; at < codes.length; at++) {
        const difference = compared(keyAt(a, at), keyAt(b, at), terms[at]?.descending === true, position);
        if (difference !== 0) return difference > 0;
      }
      return false;
    };
    const entries = list.map((item, at) => {
      countTurn(run, at, list.length);
      return { item, keys: [] };
    });
    return (sorted(run, entries, comesAfter as (a: unknown, b: unknown) => boolean) as Entry<Item>[]).map(
      ({ item }) => item,
    );
  };
}

/** What is undefined comes last, either way. */
function compared(a: unknown, b: unknown, isDescending: boolean, position: number | undefined): number {
  if (a === undefined) return b === undefined ? 0 : 1;
  if (b === undefined) return -1;
  const isOrdered = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
  if (!isOrdered(a) || !isOrdered(b)) throw { code: 'T2008', position, value: isOrdered(a) ? b : a };
  if (typeof a !== typeof b) throw { code: 'T2007', position, value: a, value2: b };
  if (a === b) return 0;
  const difference = (a as string) < (b as string) ? -1 : 1;
  return isDescending ? -difference : difference;
}
