import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { parseSignature } from './signature.ts';

interface Validator {
  validate(args: readonly unknown[], context: unknown): readonly unknown[];
}

function referenceSignature(definition: string): Validator {
  return (jsonata(`function($a)${definition}{ $a }`).ast() as unknown as { signature: Validator }).signature;
}

function ended(validator: () => Validator, args: readonly unknown[], context: unknown): unknown {
  try {
    return withoutMissing(validator().validate(args, context));
  } catch (thrown) {
    if (thrown instanceof Error) return thrown.name;
    const { code, value, index, type } = thrown as Record<string, unknown>;
    return { code, value, index, type };
  }
}

/** What is left out may be missing or undefined. */
function withoutMissing(args: readonly unknown[]): readonly unknown[] {
  const all = [...args];
  while (all.length > 0 && all.at(-1) === undefined) all.pop();
  return all;
}

const letters = fc.constantFrom('s', 'n', 'b', 'l', 'o', 'a', 'f', 'j', 'x');
const parameter = fc.oneof(
  { weight: 4, arbitrary: letters },
  { weight: 2, arbitrary: fc.constantFrom('a<n>', 'a<s>', 'a<o>', 'a<x>', 'a<a>', 'f<s:o>') },
  { weight: 1, arbitrary: fc.constantFrom('(sn)', '(nsb)', '(oa)', '(sf)', '(af)') },
);
const suffix = fc.oneof(
  { weight: 5, arbitrary: fc.constant('') },
  { weight: 3, arbitrary: fc.constantFrom('-', '?', '+') },
  { weight: 1, arbitrary: fc.constantFrom('-?', '?-', '+-') },
);
const definition = fc
  .array(fc.tuple(parameter, suffix), { maxLength: 5 })
  .map((parts) => `<${parts.map((part) => part.join('')).join('')}:x>`);
const anyValue = fc.constantFrom<unknown>(
  ...['text', 1, true, null, undefined, {}, { a: 1 }, [], [1], [1, 2], ['a'], ['a', 1], [[]], [{}], [null]],
  (value: unknown) => value,
);

describe('a signature', () => {
  test('checks and completes arguments as the reference does', () => {
    fc.assert(
      fc.property(definition, fc.array(anyValue, { maxLength: 6 }), anyValue, (text, args, context) => {
        const reference = ended(() => referenceSignature(text), args, context);
        const ours = ended(() => parseSignature(text), args, context);
        // Where the reference stumbles over a missing argument, ours has to fail, in its own way.
        if (reference === 'TypeError' && !Array.isArray(ours)) return;
        if (!isDeepStrictEqual(ours, reference))
          expect({ text, args, ended: ours }).toEqual({ text, args, ended: reference });
      }),
      { numRuns: Number(process.env.FUNCTION_RUNS ?? 2000) },
    );
  });

  test.each(['<s<n>:s>', '<(a<n>)s>', '<n<n>>'])('that is not well made, %s, is refused', (text) => {
    expect(() => parseSignature(text)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^S040[12]$/) }));
  });

  test('hands on the very arguments where nothing is to be done', () => {
    const args = ['a', 1];
    expect(parseSignature('<s-nn?:s>').validate(args, undefined)).toBe(args);
  });

  test('with many repeated parameters needs no exponential time', () => {
    const signature = parseSignature(`<${'x+'.repeat(60)}s>`);
    const startedAt = performance.now();
    expect(() =>
      signature.validate(
        Array.from({ length: 200 }, () => 1),
        undefined,
      ),
    ).toThrow();
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
