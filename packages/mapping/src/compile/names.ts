import type { Code } from '../run/code.ts';
import type { Evaluation } from '../run/evaluation.ts';
import { FUNCTION_FIELDS, isFunctionValue } from '../run/function-value.ts';
import { asSequence, collapsed } from '../run/sequence.ts';

/** What a field of that name holds in a value that is no array. */
export type Field = (value: unknown) => unknown;

/**
 * Reads one field. Names that objects inherit, or that function values have for themselves, need a closer look; for all others plain access
 * finds data alone, and is several times as fast.
 */
export function fieldOf(name: string): Field {
  if (FUNCTION_FIELDS.has(name)) {
    return (value) => {
      if (typeof value !== 'object' || value === null || isFunctionValue(value) || !Object.hasOwn(value, name)) {
        return undefined;
      }
      return (value as Record<string, unknown>)[name];
    };
  }
  return (value) => {
    if (typeof value !== 'object' || value === null) return undefined;
    const found = (value as Record<string, unknown>)[name];
    // Instances of classes may come with the bindings: their methods are no data.
    return typeof found === 'function' && !Object.hasOwn(value, name) ? undefined : found;
  };
}

/** A name on its own: the field, of each element where the context value is an array. */
export function nameCode(name: string): Code {
  const field = fieldOf(name);
  return (input, _frame, run) =>
    Array.isArray(input) ? collapsed(fieldsOfList(input, field, run)) : collapsed(field(input));
}

/** What the elements hold, and theirs where they are lists; values that are arrays are taken apart. */
export function fieldsOfList(list: readonly unknown[], field: Field, run: Evaluation): unknown[] {
  const found: unknown[] = [];
  run.spend(list.length);
  for (let at = 0; at < list.length; at++) {
    const item = list[at];
    const value = Array.isArray(item) ? fieldsOfList(item, field, run) : field(item);
    if (Array.isArray(value)) for (let inner = 0; inner < value.length; inner++) found.push(value[inner]);
    else if (value !== undefined) found.push(value);
    run.checkSequence(found.length);
  }
  return asSequence(found);
}
