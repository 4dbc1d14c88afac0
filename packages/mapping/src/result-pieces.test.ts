import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf, ResultAssembly } from './result-pieces.ts';

const list = (item: unknown, length: number) => Array.from({ length }, () => item);
const deep = (levels: number): unknown => {
  let inner: unknown = list('x'.repeat(100), 1000);
  for (let level = 0; level < levels; level++) inner = level % 2 ? [1, inner] : { a: inner, b: 2 };
  return inner;
};

function assembled(value: unknown): unknown {
  const assembly = new ResultAssembly();
  for (const portion of piecesOf(value) ?? []) assembly.add(structuredClone(portion));
  return assembly.whole;
}

test('a large result is put together what it was, in the order of its fields', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const large = {
        z: value,
        a: list(value, 3000),
        '7': { b: list({ n: 1 }, 10_000), c: 1 },
        deep: deep(9),
      };
      expect(JSON.stringify(assembled(large)) === JSON.stringify(large)).toBe(true);
    }),
    { numRuns: 5 },
  );
  expect(Object.is((assembled([-0, ...list('x', 100_000)]) as unknown[])[0], -0)).toBe(true);
});

test('a result that nests too deeply to be copied comes all the same', () => {
  let result = assembled(deep(10_000));
  for (let level = 10_000 - 1; level >= 0; level--) {
    result = level % 2 ? (result as unknown[])[1] : (result as { a: unknown }).a;
  }
  expect(result).toEqual(list('x'.repeat(100), 1000));
});

test('what is copied at once is small', () => {
  const portions = [...(piecesOf({ rows: list({ id: 1, tags: ['a', 'b'] }, 100_000), deep: deep(10_000) }) ?? [])];
  expect(portions.length).toBeGreaterThan(20);
  for (const portion of portions) expect(JSON.stringify(portion).length).toBeLessThan(256 * 1024);
});

test('a small result stays whole', () => {
  for (const small of [undefined, null, 'x'.repeat(1_000_000), list(1, 1000), {}])
    expect(piecesOf(small)).toBeUndefined();
});
