import type { Code } from '../run/code.ts';
import type { Evaluation } from '../run/evaluation.ts';
import { FUNCTION_FIELDS, isFunctionValue } from '../run/function-value.ts';
import { asSequence, collapsed } from '../run/sequence.ts';
import { countTurn } from '../run/stride.ts';

/** A name on its own: the field, of each element where the context value is an array. */
export function nameCode(name: string): Code {
  const field = fieldCode(name);
  return (input, frame, run) => collapsed(field(input, frame, run));
}

/** A name with `[]` behind it: what the elements of an array hold stays a list, also where it is one value. */
export function keptNameCode(name: string): Code {
  return fieldCode(name, (list, field, run) => asSequence(fieldsOfList(list, field, run)));
}

/**
 * Reads one field. Names that objects inherit, or that function values have for themselves, need a closer look; for all others plain access
 * finds data alone, and is several times as fast.
 */
export function fieldCode(name: string, ofList: typeof collapsedOfList = collapsedOfList): Code {
  if (FUNCTION_FIELDS.has(name)) {
    const ownField = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null || isFunctionValue(value)) return undefined;
      return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    };
    return (input, _frame, run) => (Array.isArray(input) ? ofList(input, ownField, run) : ownField(input));
  }
  const plainField = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return undefined;
    const found = (value as Record<string, unknown>)[name];
    // Instances of classes may come with the bindings: their methods are no data.
    return typeof found === 'function' && !Object.hasOwn(value, name) ? undefined : found;
  };
  return (input, _frame, run) => {
    if (typeof input !== 'object' || input === null) return undefined;
    if (Array.isArray(input)) return ofList(input, plainField, run);
    const found = (input as Record<string, unknown>)[name];
    return typeof found === 'function' ? plainField(input) : found;
  };
}

/** An element that is a list itself: what is found in it, collapsed. */
function collapsedOfList(list: readonly unknown[], field: (value: unknown) => unknown, run: Evaluation): unknown {
  return collapsed(asSequence(fieldsOfList(list, field, run)));
}

/** What the elements hold, and theirs where they are lists; values that are arrays are taken apart. */
function fieldsOfList(list: readonly unknown[], field: (value: unknown) => unknown, run: Evaluation): unknown[] {
  const found: unknown[] = [];
  for (let at = 0; at < list.length; at++) {
    countTurn(run, at, list.length);
    const item = list[at];
    const value = Array.isArray(item) ? fieldsOfList(item, field, run) : field(item);
    if (Array.isArray(value)) for (let inner = 0; inner < value.length; inner++) found.push(value[inner]);
    else if (value !== undefined) found.push(value);
    run.checkSequence(found.length);
  }
  return found;
}
