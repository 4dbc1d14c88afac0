import { describe, expect, test } from 'vitest';
import { binaryArray, type ElementType } from './binary-array.ts';

const hex = (values: readonly unknown[], type: ElementType) => Buffer.from(binaryArray(values, type)).toString('hex');

describe('an array in binary form', () => {
  test('is dimensions, nulls, type, length and first index, then each element behind its length', () => {
    expect(hex([1, null, -1], 'int4')).toBe(
      '0000000100000001000000170000000300000001' + '0000000400000001' + 'ffffffff' + '00000004ffffffff',
    );
    expect(hex(['ö'], 'text')).toBe('0000000100000000000000190000000100000001' + '00000002c3b6');
    expect(hex(['{}'], 'jsonb')).toContain('00000003017b7d');
    expect(hex([new Date('2000-01-01T00:00:00.001Z')], 'timestamptz')).toContain('0000000800000000000003e8');
  });

  test('refuses what would be stored as something else', () => {
    expect(() => binaryArray(['no uuid'], 'uuid')).toThrow(TypeError);
    expect(() => binaryArray([new Date(Number.NaN)], 'timestamptz')).toThrow(RangeError);
    expect(() => binaryArray([2 ** 31], 'int4')).toThrow(RangeError);
  });
});
