import { numberText } from '../functions/conversion.ts';
import { roundHalfEven } from '../functions/rounding.ts';
import type { Evaluation } from '../run/evaluation.ts';

/** What a quick way gives for arguments that it is not made for. */
export const MISS: unique symbol = Symbol('not the usual arguments');

/** Longer texts are counted by the functions themselves. */
const SHORT_TEXT = 1000;

const onNumber = (calculate: (value: number) => number) => (value: unknown) =>
  typeof value === 'number' ? calculate(value) : MISS;

const onText = (change: (text: string) => unknown) => (value: unknown) =>
  typeof value === 'string' && value.length < SHORT_TEXT ? change(value) : MISS;

/**
 * Built-in functions with the usual single argument: nothing to check, to complete or to count, and nothing that can fail. They give what the
 * functions themselves give.
 */
export const QUICK_ONE: ReadonlyMap<string, (value: unknown, run: Evaluation) => unknown> = new Map<
  string,
  (value: unknown, run: Evaluation) => unknown
>([
  ['number', (value) => (typeof value === 'number' ? value : typeof value === 'string' ? decimalOf(value) : MISS)],
  ['round', onNumber((value) => roundHalfEven(value))],
  ['floor', onNumber(Math.floor)],
  ['ceil', onNumber(Math.ceil)],
  ['abs', onNumber(Math.abs)],
  ['string', textQuickly],
  ['lowercase', onText((text) => text.toLowerCase())],
  ['uppercase', onText((text) => text.toUpperCase())],
  ['sum', sumQuickly],
  ['count', (value) => (Array.isArray(value) ? value.length : MISS)],
  ['exists', (value) => (typeof value === 'function' ? MISS : value !== undefined)],
  ['not', (value) => (typeof value === 'boolean' ? !value : MISS)],
]);

/** The same for two arguments. */
export const QUICK_TWO: ReadonlyMap<string, (first: unknown, second: unknown) => unknown> = new Map([
  [
    'round',
    (value: unknown, precision: unknown) =>
      typeof value === 'number' && typeof precision === 'number' ? roundHalfEven(value, precision) : MISS,
  ],
]);

function textQuickly(value: unknown): unknown {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? numberText(value) : MISS;
}

function sumQuickly(value: unknown, run: Evaluation): unknown {
  if (typeof value === 'number') return value;
  if (!Array.isArray(value)) return MISS;
  run.spend(value.length / 8);
  let total = 0;
  for (let at = 0; at < value.length; at++) {
    const part: unknown = value[at];
    if (typeof part !== 'number') return MISS;
    total += part;
  }
  return total;
}

const POWERS_OF_TEN = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
const [ZERO, NINE, POINT, MINUS] = [48, 57, 46, 45];

/** A plain decimal of at most 15 digits: both its digits and the power of ten are exact, so that their quotient is the nearest number. */
function decimalOf(text: string): unknown {
  const { length } = text;
  if (length === 0 || length > 16) return MISS;
  let digits = 0;
  let count = 0;
  let point = -1;
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  for (let at = start; at < length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= ZERO && unit <= NINE) {
      digits = digits * 10 + unit - ZERO;
      count++;
    } else if (unit === POINT && point < 0 && count > 0) point = at;
    else return MISS;
  }
  if (count === 0 || count > 15 || point === length - 1) return MISS;
  const value = point < 0 ? digits : digits / (POWERS_OF_TEN[length - 1 - point] as number);
  return start === 1 ? -value : value;
}
