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

const WORDS: readonly (readonly [kind: number, word: string])[] = [
  [KIND.s, 'a string'],
  [KIND.n, 'a number'],
  [KIND.b, 'a boolean'],
  [KIND.l, 'null'],
  [KIND.o, 'an object'],
  [KIND.a, 'an array'],
  [KIND.f, 'a function'],
];

/** The kinds in words, such as `a string or a number`; a missing value is not spoken of. */
export function kindsText(kinds: number): string {
  if ((kinds | KIND.m) === ANY_KIND) return 'a value';
  return WORDS.filter(([kind]) => (kinds & kind) !== 0)
    .map(([, word]) => word)
    .join(' or ');
}
