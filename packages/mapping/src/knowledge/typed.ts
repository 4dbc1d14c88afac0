import { ANY, arrayOf, isNever, kindsOf, mergeShapes, NEVER, type Shape } from '../shape/index.ts';
import type { LambdaNode } from '../syntax/index.ts';

/** What an expression gives. */
export interface Typed {
  /** Of the value; of each value where it may give several. */
  readonly item: Shape;
  /**
   * `one`: a single value. `array`: always an array. `some`: a sequence, which is an array of several values, but one alone stands by
   * itself; or a payload that holds now the one, now the other.
   */
  readonly many: 'one' | 'array' | 'some';
  /** It may give nothing. */
  readonly isOptional: boolean;
  /** `some` comes from JSONata's collapsing of sequences, not from the payload. */
  readonly collapses?: boolean;
  /** The path goes through `[]`, so that what it gives in the end stays an array. */
  readonly keeps?: boolean;
  /** It is a function. */
  readonly fn?: FunctionType;
}

export interface FunctionType {
  readonly name?: string;
  readonly params: readonly { readonly name: string; readonly type?: string; readonly optional?: boolean }[];
  /** Where the mapping defines it. */
  readonly lambda?: LambdaNode;
  readonly result: (args: readonly Typed[]) => Typed;
}

export const UNKNOWN: Typed = { item: ANY, many: 'one', isOptional: true };
export const NOTHING: Typed = { item: NEVER, many: 'one', isOptional: true };

export const one = (item: Shape, isOptional = false): Typed => ({ item, many: 'one', isOptional });
export const some = (item: Shape): Typed => ({ item, many: 'some', isOptional: true, collapses: true });
export const array = (item: Shape, isOptional = false): Typed => ({ item, many: 'array', isOptional });
export const optional = (typed: Typed): Typed => (typed.isOptional ? typed : { ...typed, isOptional: true });

/** A value of the payload as an expression gives it. */
export function typedOf(shape: Shape, isOptional = false): Typed {
  if (!shape.array || shape.any) return one(shape, isOptional);
  const { array: list, description: _description, ...others } = shape;
  if (kindsOf(others).every((kind) => kind === 'null'))
    return { ...array(list.items, isOptional || shape.null !== undefined) };
  return { item: mergeShapes(others, list.items), many: 'some', isOptional };
}

/** The value as a field of an object or an element of an array holds it. */
export function shapeOf({ item, many, fn }: Typed): Shape {
  if (fn) return ANY;
  if (many === 'one') return item;
  return many === 'array' ? arrayOf(item) : mergeShapes(item, arrayOf(item));
}

/** One of its values, as the context of what stands behind a dot or in brackets. */
export function elementOf(typed: Typed): Typed {
  return typed.many === 'one' ? typed : typedOf(typed.item);
}

/** What is given for each of `outer`'s values, collected. */
export function forEach(outer: Typed, inner: Typed): Typed {
  const isOptional = outer.isOptional || inner.isOptional;
  const keeps = outer.keeps || inner.keeps;
  if (keeps) return { item: inner.item, many: 'array', isOptional, keeps };
  if (outer.many === 'one') return { ...inner, isOptional };
  return { ...some(inner.item), ...(inner.fn ? { fn: inner.fn } : {}) };
}

/** What the one or the other expression gives. */
export function eitherOf(a: Typed, b: Typed): Typed {
  if (a === b) return a;
  if (isNever(a.item) && a.many === 'one' && !a.fn) return optional(b);
  if (isNever(b.item) && b.many === 'one' && !b.fn) return optional(a);
  return {
    item: mergeShapes(a.item, b.item),
    many: a.many === b.many ? a.many : 'some',
    isOptional: a.isOptional || b.isOptional,
    ...(a.collapses || b.collapses ? { collapses: true } : {}),
    ...((a.fn ?? b.fn) ? { fn: (a.fn ?? b.fn) as FunctionType } : {}),
  };
}
