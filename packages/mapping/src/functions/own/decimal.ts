import Big from 'big.js';
import type { JsonataError, NativeFunction, Run } from '../../run.ts';
import { bounded, decimalOf, decimalText, precisionOf } from './decimal-number.ts';

/**
 * Exact arithmetic for amounts. All results are texts: JSON's numbers hold neither `0.1 + 0.2` nor the zeros of `10.00`, and orders carry
 * amounts as texts. Nothing in, nothing out: a missing argument gives nothing.
 */
export const decimalFunctions: readonly NativeFunction[] = [
  { name: 'decimal', signature: '<(sn)-n?s?:s>', params: ['value', 'scale', 'rounding'], call: decimal },
  calculation('decimalAdd', (a, b) => a.plus(b)),
  calculation('decimalSubtract', (a, b) => a.minus(b)),
  calculation('decimalMultiply', (a, b) => a.times(b)),
  {
    name: 'decimalDivide',
    signature: '<(sn)(sn)n?s?:s>',
    params: ['dividend', 'divisor', 'scale', 'rounding'],
    call: divide,
  },
  { name: 'decimalSum', signature: '<a:s>', params: ['values'], call: sum },
  { name: 'decimalCompare', signature: '<(sn)(sn):n>', params: ['a', 'b'], call: compare },
];

function decimal(run: Run, args: readonly unknown[]): unknown {
  const [value, scale, rounding] = args as [unknown, number | undefined, string | undefined];
  if (value === undefined) return undefined;
  const precision = scale === undefined ? undefined : precisionOf(scale, rounding, 2);
  return decimalText(run, decimalOf(value, 1), precision);
}

function calculation(name: string, calculate: (a: Big, b: Big) => Big): NativeFunction {
  const call = (run: Run, args: readonly unknown[]): unknown => {
    const [a, b] = args;
    if (a === undefined || b === undefined) return undefined;
    return decimalText(run, bounded(calculate(decimalOf(a, 1), decimalOf(b, 2)), 1));
  };
  return { name, signature: '<(sn)(sn):s>', params: ['a', 'b'], call };
}

/** What amounts have on the wire. */
const DIVISION_SCALE = 6;

function divide(run: Run, args: readonly unknown[]): unknown {
  const [a, b, scale, rounding] = args as [unknown, unknown, number | undefined, string | undefined];
  if (a === undefined || b === undefined) return undefined;
  const precision = precisionOf(scale ?? DIVISION_SCALE, rounding, 3);
  const divisor = decimalOf(b, 2);
  if (divisor.eq(0))
    throw { code: 'D4023', index: 2, message: 'nothing can be divided by zero' } satisfies JsonataError;
  const quotient = quotientOf(decimalOf(a, 1), divisor, precision.scale, precision.rounding);
  return decimalText(run, bounded(quotient, 1), scale === undefined ? undefined : precision);
}

function quotientOf(a: Big, b: Big, scale: number, rounding: 0 | 1 | 2 | 3): Big {
  // Its settings are the constructor's: one of our own leaves others' alone.
  const Divided = Big();
  Divided.DP = scale;
  Divided.RM = rounding;
  return new Divided(a).div(b);
}

function sum(run: Run, args: readonly unknown[]): unknown {
  const list = args[0] as readonly unknown[] | undefined;
  if (list === undefined) return undefined;
  let total = new Big(0);
  for (const value of list) {
    run.spend(2);
    total = bounded(total.plus(decimalOf(value, 1)), 1);
  }
  return decimalText(run, total);
}

function compare(run: Run, args: readonly unknown[]): unknown {
  const [a, b] = args;
  if (a === undefined || b === undefined) return undefined;
  run.spend(1);
  return decimalOf(a, 1).cmp(decimalOf(b, 2));
}
