import { isSequence } from '../../run/sequence.ts';
import type { NativeFunction } from '../../run.ts';

export const arrayFunctions: readonly NativeFunction[] = [
  { name: 'array', signature: '<x:a>', params: ['value'], call: (_run, args) => arrayOf(args[0]) },
];

/** A list without JSONata's marks: it stays one, however many elements it has. */
function arrayOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [value];
  return isSequence(value) ? Array.from(value) : value;
}
