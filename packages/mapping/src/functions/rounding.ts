/** Rounds to `precision` decimal places (negative: tens, hundreds …), halves to the even digit, as if the decimal notation was rounded. */
export function roundHalfEven(value: number, precision?: number): number {
  if (!precision) return withoutNegativeZero(nearestEven(value));
  return roundedByScaling(value, precision) ?? roundedAsText(value, precision);
}

function nearestEven(value: number): number {
  const result = Math.round(value);
  return Math.abs(result - value) === 0.5 && Math.abs(result % 2) === 1 ? result - 1 : result;
}

/** Powers of ten that a number holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * By arithmetic, where scaling's own error cannot decide the answer: well away from a half, and with results that are exact. Undefined
 * elsewhere.
 */
function roundedByScaling(value: number, precision: number): number | undefined {
  const power = POWERS[Math.abs(precision)];
  if (power === undefined || typeof value !== 'number') return undefined;
  const scaled = precision > 0 ? value * power : value / power;
  const rounded = Math.round(scaled);
  if (!(Math.abs(rounded) < 1e12) || Math.abs(Math.abs(rounded - scaled) - 0.5) < 1e-3) return undefined;
  return withoutNegativeZero(precision > 0 ? rounded / power : rounded * power);
}

/** By moving the decimal point in the number's notation, which adds no error. */
function roundedAsText(value: number, precision: number): number {
  return withoutNegativeZero(shifted(nearestEven(shifted(value, precision)), -precision));
}

function shifted(value: number, places: number): number {
  const [digits, exponent] = value.toString().split('e');
  return Number(`${digits}e${exponent ? Number(exponent) + places : places}`);
}

const withoutNegativeZero = (value: number): number => (value === 0 ? 0 : value);
