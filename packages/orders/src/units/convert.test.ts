import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixedText } from '../decimal/fixed.ts';
import { toBaseUnit, type UnitFactor } from './convert.ts';

const units: readonly UnitFactor[] = [
  { unit: 'PALLET', of: 'CASE', factor: '40' },
  { unit: 'CASE', of: 'EA', factor: '12' },
  { unit: 'KG', of: 'LB', factor: '2.204623' },
];
const inEach = (value: string, uom: string) => toBaseUnit({ value, uom }, 'EA', units).base;

describe('toBaseUnit', () => {
  it('keeps what was said and adds the base unit', () => {
    expect(toBaseUnit({ value: '10', uom: 'CASE' }, 'EA', units)).toEqual({
      value: '10',
      uom: 'CASE',
      base: '120',
      baseUom: 'EA',
    });
  });

  it('follows factors through other units, and backwards', () => {
    expect(inEach('2', 'PALLET')).toBe('960');
    expect(inEach('7', 'EA')).toBe('7');
    expect(toBaseUnit({ value: '960', uom: 'EA' }, 'PALLET', units).base).toBe('2');
  });

  it('goes there and back to the same quantity', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), (value) => {
        const base = inEach(fixedText(value), 'PALLET');
        expect(toBaseUnit({ value: base, uom: 'EA' }, 'PALLET', units).base).toBe(fixedText(value));
      }),
    );
  });

  it.each([
    ['1', 'BOX', /uom: no factor leads from "BOX" to "EA": add one/],
    ['1', 'KG', /uom: no factor leads from "KG" to "EA"/],
    ['1,5', 'CASE', /value: "1,5" is no decimal/],
  ])('guesses nothing for %s %s', (value, uom, message) => {
    expect(() => inEach(value, uom)).toThrow(message);
  });

  it('rounds nothing', () => {
    expect(() => toBaseUnit({ value: '10', uom: 'EA' }, 'CASE', units)).toThrow(
      /10 EA is no exact number of CASE: choose a smaller base unit/,
    );
  });

  it('refuses a factor of zero by name', () => {
    expect(() => toBaseUnit({ value: '1', uom: 'CASE' }, 'EA', [{ unit: 'CASE', of: 'EA', factor: '0' }])).toThrow(
      /factor: "0" \(CASE in EA\)/,
    );
  });
});
