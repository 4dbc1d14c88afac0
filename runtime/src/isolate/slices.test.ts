import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NotJson, slicesOf } from './slices.ts';

/** So many characters are copied as they are. */
const SMALL = 1024 * 1024;
const long = 'é"\n\u{1f600}\ud800'.repeat(20_000);
const list = (item: unknown, length: number) => Array.from({ length }, () => item);

describe('large data as slices', () => {
  test('is put together what it was, whatever is in it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const large = { before: list(value, 200), filling: list(long, 15), '"key"': [value, [[long]]] };
        expect([...(slicesOf(large) ?? [])].join('') === JSON.stringify(large)).toBe(true);
      }),
      { numRuns: 5 },
    );
  });

  test('comes in slices that are short enough', () => {
    const slices = [...(slicesOf(list({ id: 1, tags: ['a', 'b'] }, 100_000)) ?? [])];
    expect(slices.length).toBeGreaterThan(20);
    for (const slice of slices) expect(slice.length).toBeLessThan(SMALL / 4);
  });

  test('is left as it is where it is small, or where JSON has no words for it', () => {
    expect(slicesOf(list(1, 1000))).toBeUndefined();
    expect(slicesOf(undefined)).toBeUndefined();
    for (const odd of [undefined, Number.NaN, -0, new Date(), () => 1, { field: undefined }, 1n])
      expect(() => [...(slicesOf([...list('x'.repeat(100), 20_000), odd]) ?? [])]).toThrow(NotJson);
  });
});
