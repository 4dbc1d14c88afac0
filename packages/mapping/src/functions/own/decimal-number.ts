import Big from 'big.js';
import type { JsonataError, Run } from '../../run.ts';

/** Enough for every number that JSON has; longer ones take time, and are no amounts. */
const MAX_DIGITS = 400;

const NOTATION = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;

const ROUNDINGS = { down: 0, 'half-up': 1, 'half-even': 2, up: 3 } as const;

/** Reads an argument, a number by the digits that it is written with. Throws `D4020` for what is none, `D4021` beyond 400 digits. */
export function decimalOf(value: unknown, index: number): Big {
  const text = typeof value === 'string' ? value.trim() : String(value);
  if (text.length > MAX_DIGITS + 10) throw tooLong(index);
  if ((typeof value !== 'string' && typeof value !== 'number') || !NOTATION.test(text)) {
    const message = 'a decimal number is written with digits and a point, such as "1234.50"';
    throw { code: 'D4020', value, index, message } satisfies JsonataError;
  }
  return bounded(new Big(text), index);
}

/** Throws `D4021` for a number of more than 400 digits. */
export function bounded(value: Big, index: number): Big {
  if (Math.max(value.c.length, Math.abs(value.e)) > MAX_DIGITS) throw tooLong(index);
  return value;
}

function tooLong(index: number): JsonataError {
  return { code: 'D4021', index, message: `a decimal number has at most ${MAX_DIGITS} digits` };
}

/** Digits behind the point and how to leave out others, as given. Throws `D4022`. */
export interface Precision {
  readonly scale: number;
  readonly rounding: 0 | 1 | 2 | 3;
}

/** `index` is where the scale stands among the arguments; the rounding is behind it. */
export function precisionOf(scale: number, rounding: string | undefined, index: number): Precision {
  if (!Number.isInteger(scale) || scale < 0 || scale > 100) {
    const message = 'the scale is a whole number from 0 to 100';
    throw { code: 'D4022', value: scale, index, message } satisfies JsonataError;
  }
  const mode = rounding ?? 'half-up';
  if (!Object.hasOwn(ROUNDINGS, mode)) {
    const message = `the rounding is one of ${Object.keys(ROUNDINGS).join(', ')}`;
    throw { code: 'D4022', value: mode, index: index + 1, message } satisfies JsonataError;
  }
  return { scale, rounding: ROUNDINGS[mode as keyof typeof ROUNDINGS] };
}

/** Plain notation: no exponent, no zero to spare, no sign for zero; with a precision, exactly so many digits behind the point. */
export function decimalText(run: Run, value: Big, precision?: Precision): string {
  run.spend(1);
  const text = precision ? value.toFixed(precision.scale, precision.rounding) : value.toFixed();
  return /^-0(?:\.0*)?$/.test(text) ? text.slice(1) : text;
}
