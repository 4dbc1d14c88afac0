const SIGNIFICANT_DIGITS = 15;

/**
 * True when the JSON number `source` stands for a value that a double keeps: an integer within ±(2^53−1), or a decimal of at most
 * 15 significant digits that neither overflows nor underflows. Zeros at either end do not count: `1.10` has two digits.
 */
export function isExactNumber(source: string): boolean {
  const value = Number(source);
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value);
  const written = digitsOf(source);
  return written.digits.length <= SIGNIFICANT_DIGITS && sameNumber(written, digitsOf(String(value)));
}

interface Digits {
  /** Significant digits, without zeros at either end. */
  digits: string;
  /** Power of ten of the last of them. */
  exponent: number;
}

function digitsOf(source: string): Digits {
  const [mantissa = '', exponent = '0'] = source.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const all = (whole + fraction).replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  return { digits, exponent: Number(exponent) - fraction.length + (all.length - digits.length) };
}

function sameNumber(a: Digits, b: Digits): boolean {
  return a.digits === b.digits && (a.digits === '' || a.exponent === b.exponent);
}
