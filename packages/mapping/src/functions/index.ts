import type { NativeFunction } from '../run.ts';
import { aggregateFunctions } from './aggregates.ts';
import { arrayFunctions } from './arrays.ts';
import { conversionFunctions } from './conversion.ts';
import { dateFunctions } from './dates.ts';
import { encodingFunctions } from './encoding.ts';
import { higherOrderFunctions } from './higher-order.ts';
import { joiningFunctions } from './joining.ts';
import { numberPictureFunctions } from './number-pictures.ts';
import { numberFunctions } from './numbers.ts';
import { objectFunctions } from './objects.ts';
import { outcomeFunctions } from './outcomes.ts';
import { ownFunctions } from './own/index.ts';
import { patternFunctions } from './patterns.ts';
import { stringFunctions } from './strings.ts';
import { truthFunctions } from './truth.ts';

export {
  type CrossReferenceQuery,
  type CrossReferences,
  crossReferenceFunction,
  type ReferenceData,
  referenceFunction,
} from './own/index.ts';
export { parseSignature } from './signature.ts';

const all: readonly NativeFunction[] = [
  ...aggregateFunctions,
  ...arrayFunctions,
  ...conversionFunctions,
  ...dateFunctions,
  ...encodingFunctions,
  ...higherOrderFunctions,
  ...joiningFunctions,
  ...numberPictureFunctions,
  ...outcomeFunctions,
  ...ownFunctions,
  ...patternFunctions,
  ...numberFunctions,
  ...objectFunctions,
  ...stringFunctions,
  ...truthFunctions,
];

/** Every function that an expression can call without defining it, by name without `$`. `$eval` is the evaluator's own. */
export const nativeFunctions: ReadonlyMap<string, NativeFunction> = new Map(all.map((native) => [native.name, native]));
