import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dividedDown, dividedExactly, fixedText, ONE, readFixed, timesDown, timesExactly } from './fixed.ts';

const millionths = fc.bigInt({ min: -(10n ** 21n) + 1n, max: 10n ** 21n - 1n });
const positive = fc.bigInt({ min: 1n, max: 10n ** 15n });

describe('exact decimals', () => {
  it.each([
    ['0.1', 100_000n],
    ['-1234.50', -1_234_500_000n],
    ['999999999999999.999999', 999_999_999_999_999_999_999n],
    ['-0', 0n],
    ['007', 7_000_000n],
  ])('reads %s', (text, value) => {
    expect(readFixed(text)).toBe(value);
  });

  it.each(['', '1,5', '1.', '.5', '1e3', '+1', '1.0000001', '1234567890123456', ' 1', 'NaN'])(
    'refuses "%s"',
    (text) => {
      expect(readFixed(text)).toBeUndefined();
    },
  );

  it('holds what a double does not: 0.1 + 0.2', () => {
    expect(fixedText(readFixed('0.1')! + readFixed('0.2')!)).toBe('0.3');
  });

  it('reads back what it writes, for every value', () => {
    fc.assert(fc.property(millionths, (value) => readFixed(fixedText(value)) === value));
  });

  it('adds as written texts add, in any order', () => {
    fc.assert(
      fc.property(fc.array(millionths, { maxLength: 20 }), (values) => {
        const sum = (list: readonly bigint[]) =>
          list.map((one) => readFixed(fixedText(one))!).reduce((a, b) => a + b, 0n);
        expect(sum(values)).toBe(sum(values.toReversed()));
      }),
    );
  });

  it('multiplies and divides exactly or not at all', () => {
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        const product = timesExactly(a, b);
        if (product !== undefined) expect(dividedExactly(product, b)).toBe(a);
        const quotient = dividedExactly(a, b);
        if (quotient !== undefined) expect(timesExactly(quotient, b)).toBe(a);
      }),
    );
    expect(dividedExactly(10n * ONE, 3n * ONE)).toBeUndefined();
    expect(dividedExactly(ONE, 0n)).toBeUndefined();
    expect(timesExactly(readFixed('0.000001')!, readFixed('0.1')!)).toBeUndefined();
  });

  it('never rounds up what there is', () => {
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        expect(timesDown(a, b) * ONE).toBeLessThanOrEqual(a * b);
        expect(dividedDown(a, b) * b).toBeLessThanOrEqual(a * ONE);
      }),
    );
  });
});
