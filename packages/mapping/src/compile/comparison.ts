import type { Code } from '../run/code.ts';
import { isDeepEqual } from '../run/equality.ts';
import type { Run } from '../run.ts';
import type { AstNode } from './ast-node.ts';
import { raisedAt } from './operator-error.ts';
import type { Place } from './place.ts';

/** `=` and `!=`: false where either side is undefined. */
export function equalityCode(node: AstNode, place: Place): Code {
  const lhs = place.code(node.lhs as AstNode);
  const rhs = place.code(node.rhs as AstNode);
  const wanted = node.value === '=';
  return (input, frame, run) => {
    const a = lhs(input, frame, run);
    const b = rhs(input, frame, run);
    if (a === undefined || b === undefined) return false;
    if (typeof a === 'string') walkBoth(run, a, b);
    if (typeof a !== 'object') return (a === b) === wanted;
    return isDeepEqual(run, a, b) === wanted;
  };
}

/** `in`: whether the left side is one of the values of the right one. */
export function includesCode(node: AstNode, place: Place): Code {
  const lhs = place.code(node.lhs as AstNode);
  const rhs = place.code(node.rhs as AstNode);
  return (input, frame, run) => {
    const a = lhs(input, frame, run);
    const b = rhs(input, frame, run);
    if (a === undefined || b === undefined) return false;
    if (!Array.isArray(b)) return a === b;
    run.spend(b.length / 8);
    // Not `includes`: NaN is in no list.
    if (typeof a !== 'string' || a.length < COUNTED_FROM) return b.indexOf(a) >= 0;
    return b.some((value) => {
      walkBoth(run, a, value);
      return value === a;
    });
  };
}

/** Shorter texts are compared faster than counted. */
const COUNTED_FROM = 1000;

function walkBoth(run: Run, a: string, b: unknown): void {
  if (a.length >= COUNTED_FROM && typeof b === 'string') run.spend(Math.min(a.length, b.length) / 100);
}

/** `<`, `<=`, `>` and `>=` between two numbers or two strings; undefined where either side is. */
export function orderCode(node: AstNode, place: Place): Code {
  const lhs = place.code(node.lhs as AstNode);
  const rhs = place.code(node.rhs as AstNode);
  switch (node.value) {
    case '<':
      return (input, frame, run) => {
        const a = lhs(input, frame, run);
        const b = rhs(input, frame, run);
        return comparable(node, a, b, run) ? (a as number) < (b as number) : undefined;
      };
    case '<=':
      return (input, frame, run) => {
        const a = lhs(input, frame, run);
        const b = rhs(input, frame, run);
        return comparable(node, a, b, run) ? (a as number) <= (b as number) : undefined;
      };
    case '>':
      return (input, frame, run) => {
        const a = lhs(input, frame, run);
        const b = rhs(input, frame, run);
        return comparable(node, a, b, run) ? (a as number) > (b as number) : undefined;
      };
    default:
      return (input, frame, run) => {
        const a = lhs(input, frame, run);
        const b = rhs(input, frame, run);
        return comparable(node, a, b, run) ? (a as number) >= (b as number) : undefined;
      };
  }
}

const isOrdered = (value: unknown): boolean => typeof value === 'number' || typeof value === 'string';

/** Whether there is an answer at all. Throws `T2010` and `T2009`. */
function comparable(node: AstNode, a: unknown, b: unknown, run: Run): boolean {
  if (typeof a === 'number' && typeof b === 'number') return true;
  if (typeof a === 'string' && typeof b === 'string') {
    walkBoth(run, a, b);
    return true;
  }
  return raisedAt(node, () => {
    if ((a !== undefined && !isOrdered(a)) || (b !== undefined && !isOrdered(b))) {
      throw { code: 'T2010', value: isOrdered(a) ? b : a };
    }
    if (a === undefined || b === undefined) return false;
    throw { code: 'T2009', value: a, value2: b };
  });
}
