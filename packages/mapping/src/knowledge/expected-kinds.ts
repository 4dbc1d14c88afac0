import { kindsOf, type ShapeKind } from '../shape/index.ts';
import type { Node } from '../syntax/index.ts';
import type { Cursor } from './cursor.ts';
import { KNOWN_FUNCTIONS, type ParameterEntry } from './known-functions.ts';

const ARITHMETIC = new Set(['+', '-', '*', '/', '%', '..']);

/** The kinds of values that fit where the cursor stands; undefined where any does. */
export function expectedKinds({ path, facts }: Cursor): readonly string[] | undefined {
  const at = path.length - 1;
  // What a path ends in is what the path gives.
  let inner = path[at];
  let outer = path[at - 1];
  for (let up = at - 1; outer && outer.kind === 'path' && outer.step === inner; up--) {
    inner = outer;
    outer = path[up - 1];
  }
  if (!inner || !outer) return undefined;
  if (outer.kind === 'binary') {
    if (ARITHMETIC.has(outer.operator)) return ['number'];
    const other = outer.left === inner ? outer.right : outer.left;
    const isComparison = ['=', '!=', '<', '>', '<=', '>='].includes(outer.operator);
    const item = facts.of(other)?.typed.item;
    return isComparison && item && !item.any ? kindsOf(item) : undefined;
  }
  const param = parameterAt(outer, inner, facts.chained.has(outer));
  return param && kindsOfText(param.type);
}

/** The parameter that an argument is for. */
export function parameterAt(call: Node, arg: Node, isChained: boolean): ParameterEntry | undefined {
  if (call.kind !== 'call' || call.callee.kind !== 'variable') return undefined;
  const at = call.args.indexOf(arg);
  return at < 0 ? undefined : KNOWN_FUNCTIONS.get(call.callee.name)?.params[at + (isChained ? 1 : 0)];
}

function kindsOfText(type: string): readonly string[] | undefined {
  if (type === 'any') return undefined;
  // An array of numbers is also what a path over an array of objects gives.
  return type.endsWith('[]') ? ['array', ...(kindsOfText(type.slice(0, -2)) ?? [])] : [type];
}

/** Whether a value of such kinds may stand there. */
export const fits = (kinds: readonly ShapeKind[], expected: readonly string[] | undefined): boolean =>
  !expected || kinds.length === 0 || kinds.some((kind) => expected.includes(kind));
