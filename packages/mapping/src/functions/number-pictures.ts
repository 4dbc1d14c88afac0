import type { NativeFunction, Run } from '../run.ts';
import { formattedInteger, integerPictureOf } from './picture/format-integer.ts';
import { formattedNumber } from './picture/format-number.ts';
import { integerReader } from './picture/parse-integer.ts';

export const numberPictureFunctions: readonly NativeFunction[] = [
  { name: 'formatNumber', signature: '<n-so?:s>', params: ['value', 'picture', 'options'], call: formatNumber },
  { name: 'formatInteger', signature: '<n-s:s>', params: ['value', 'picture'], call: formatInteger },
  { name: 'parseInteger', signature: '<s-s:n>', params: ['value', 'picture'], call: parseInteger },
];

function formatNumber(run: Run, args: readonly unknown[]): unknown {
  const [value, picture, options] = args as [number | undefined, string, Record<string, unknown> | undefined];
  return value === undefined ? undefined : formattedNumber(run, value, picture, options);
}

function formatInteger(run: Run, args: readonly unknown[]): unknown {
  const [value, picture] = args as [number | undefined, string];
  if (value === undefined) return undefined;
  return formattedInteger(run, Math.floor(value), integerPictureOf(run, picture));
}

/** A longer text is no number that anybody wrote. */
const COST_PER_CHARACTER = 100;

function parseInteger(run: Run, args: readonly unknown[]): unknown {
  const [value, picture] = args as [string | undefined, string];
  if (value === undefined) return undefined;
  run.checkString(value.length * COST_PER_CHARACTER);
  return integerReader(integerPictureOf(run, picture)).read(value);
}
