import type { NativeFunction } from '../../run.ts';
import { arrayFunctions } from './array.ts';
import { crossReferenceFunctions } from './cross-reference.ts';
import { decimalFunctions } from './decimal.ts';
import { hashFunctions } from './hash.ts';
import { isoDateFunctions } from './iso-date.ts';
import { referenceFunctions } from './reference.ts';
import { uuidFunctions } from './uuid.ts';

export { type CrossReferenceQuery, type CrossReferences, crossReferenceFunction } from './cross-reference.ts';
export { type ReferenceData, referenceFunction } from './reference.ts';

/** The functions that Crossdock adds to JSONata's. */
export const ownFunctions: readonly NativeFunction[] = [
  ...arrayFunctions,
  ...crossReferenceFunctions,
  ...decimalFunctions,
  ...hashFunctions,
  ...isoDateFunctions,
  ...referenceFunctions,
  ...uuidFunctions,
];
