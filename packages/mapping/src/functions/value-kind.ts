import { isFunctionValue } from '../run/function-value.ts';

/** One bit for each kind of value that a signature tells apart, by the letter that signatures have for it. */
export const KIND = { a: 1, s: 2, n: 4, b: 8, l: 16, f: 32, o: 64, m: 128 } as const;

/** Every kind, a missing value included. */
export const ANY_KIND = 255;

/** The bit of a value's kind; `m` (missing) for undefined and whatever JSON does not know. */
export function kindOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return KIND.s;
    case 'number':
      return KIND.n;
    case 'boolean':
      return KIND.b;
    case 'function':
      return KIND.f;
    case 'object':
      if (value === null) return KIND.l;
      if (Array.isArray(value)) return KIND.a;
      return isFunctionValue(value) ? KIND.f : KIND.o;
    default:
      return KIND.m;
  }
}
