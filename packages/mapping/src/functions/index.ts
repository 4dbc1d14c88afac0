import type { NativeFunction } from '../run.ts';
import { aggregateFunctions } from './aggregates.ts';
import { arrayFunctions } from './arrays.ts';
import { conversionFunctions } from './conversion.ts';
import { numberFunctions } from './numbers.ts';
import { objectFunctions } from './objects.ts';
import { stringFunctions } from './strings.ts';
import { truthFunctions } from './truth.ts';

export { parseSignature } from './signature.ts';

const all: readonly NativeFunction[] = [
  ...aggregateFunctions,
  ...arrayFunctions,
  ...conversionFunctions,
  ...numberFunctions,
  ...objectFunctions,
  ...stringFunctions,
  ...truthFunctions,
];

/** Every function that an expression can call without defining it, by name without `$`. `$eval` is the evaluator's own. */
export const nativeFunctions: ReadonlyMap<string, NativeFunction> = new Map(all.map((native) => [native.name, native]));
