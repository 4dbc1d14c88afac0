/**
 * An exact decimal with six digits behind the point, as the whole number of millionths: what amounts and quantities of events are counted
 * in. Adding and comparing are those of `bigint`; nothing is ever rounded by the way.
 */
export type Fixed = bigint;

const SCALE = 6;
export const ONE: Fixed = 10n ** BigInt(SCALE);

const NOTATION = /^(-?)(\d{1,15})(?:\.(\d{1,6}))?$/;

/** Reads the decimal of an event, such as `-1234.50`; undefined for what is none. */
export function readFixed(text: string): Fixed | undefined {
  const parts = NOTATION.exec(text);
  if (!parts) return undefined;
  const [, sign, whole = '', fraction = ''] = parts;
  const size = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return sign === '-' ? -size : size;
}

const MAX_KEPT = 1000;
const kept = new Map<string, Fixed>();

/** Reads the decimal of an event that was checked; the same few are read over and over. Throws a `RangeError` for what is none. */
export function fixedOf(text: string): Fixed {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const value = readFixed(text);
  if (value === undefined) throw new RangeError(`"${text}" is no decimal: check events before they are folded`);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(text, value);
  return value;
}

/** Plain notation without zeros to spare: `1234.5`. */
export function fixedText(value: Fixed): string {
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -SCALE)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** `a × b`; undefined when six digits behind the point do not hold it. */
export function timesExactly(a: Fixed, b: Fixed): Fixed | undefined {
  return (a * b) % ONE === 0n ? (a * b) / ONE : undefined;
}

/** `a ÷ b`; undefined for `b` = 0, and when six digits behind the point do not hold it. */
export function dividedExactly(a: Fixed, b: Fixed): Fixed | undefined {
  return b !== 0n && (a * ONE) % b === 0n ? (a * ONE) / b : undefined;
}

/** `a × b` of values that are not negative, never more than the exact product: so much there is for certain. */
export const timesDown = (a: Fixed, b: Fixed): Fixed => (a * b) / ONE;

/** `a ÷ b` of values that are not negative, `b` more than 0; never more than the exact quotient. */
export const dividedDown = (a: Fixed, b: Fixed): Fixed => (a * ONE) / b;

export const larger = (a: Fixed, b: Fixed): Fixed => (a > b ? a : b);
export const smaller = (a: Fixed, b: Fixed): Fixed => (a < b ? a : b);
