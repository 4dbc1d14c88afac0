import type { Code } from '../run/code.ts';
import type { Evaluation } from '../run/evaluation.ts';
import { isFunctionValue } from '../run/function-value.ts';
import { asSequence } from '../run/sequence.ts';
import type { Sequence } from '../run.ts';

/** `*`: the values of all fields, or all elements; arrays among them are taken apart to the last. */
export const wildcardCode: Code = (input, _frame, run) => {
  const value = isWrapper(input) ? input[0] : input;
  const found: unknown[] = [];
  // Appending an array leaves a plain list, which does not collapse.
  let isPlain = false;
  if (typeof value === 'object' && value !== null && !isFunctionValue(value)) {
    const keys = Object.keys(value);
    run.spend(keys.length);
    for (const key of keys) {
      const field = (value as Record<string, unknown>)[key];
      if (Array.isArray(field)) {
        isPlain = true;
        flattenInto(field, found, run);
      } else found.push(field);
    }
  }
  run.checkSequence(found.length);
  return isPlain ? found : asSequence(found);
};

const isWrapper = (value: unknown): value is Sequence =>
  Array.isArray(value) && (value as Sequence).outerWrapper === true && value.length > 0;

function flattenInto(list: readonly unknown[], found: unknown[], run: Evaluation): void {
  run.spend(list.length);
  run.checkSequence(found.length + list.length);
  for (const item of list) {
    if (Array.isArray(item)) flattenInto(item, found, run);
    else found.push(item);
  }
}

/** `**`: the context value and everything within it, but for arrays themselves. */
export const descendantCode: Code = (input, _frame, run) => {
  if (input === undefined) return undefined;
  const found: unknown[] = [];
  descend(input, found, run);
  return found.length === 1 ? found[0] : asSequence(found);
};

function descend(value: unknown, found: unknown[], run: Evaluation): void {
  if (Array.isArray(value)) {
    run.spend(value.length);
    for (const item of value) descend(item, found, run);
    return;
  }
  found.push(value);
  run.checkSequence(found.length);
  if (typeof value !== 'object' || value === null || isFunctionValue(value)) return;
  const keys = Object.keys(value);
  run.spend(keys.length);
  for (const key of keys) descend((value as Record<string, unknown>)[key], found, run);
}
