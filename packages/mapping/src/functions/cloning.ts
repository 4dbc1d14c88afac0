import { isFunctionValue } from '../run/function-value.ts';
import { countTurn } from '../run/stride.ts';
import type { Run, Sequence } from '../run.ts';
import { setField } from './objects.ts';
import { isNumeric } from './truth.ts';

/** A deep copy, such as writing a value as JSON and reading it again gives. Throws `D1001` for an infinite number inside. */
export function cloneOf(run: Run, value: object): unknown {
  return copied(run, Array.isArray(value) && (value as Sequence).outerWrapper ? value[0] : value);
}

/** Undefined for what JSON leaves out. */
function copied(run: Run, value: unknown): unknown {
  switch (typeof value) {
    case 'number':
      if (Number.isInteger(value)) return value === 0 ? 0 : value;
      return isNumeric(value) ? Number(value.toPrecision(15)) : null;
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return copiedList(run, value);
      return isFunctionValue(value) ? '' : copiedObject(run, value as Record<string, unknown>);
    case 'function':
      return '';
    default:
      return value;
  }
}

function copiedList(run: Run, list: readonly unknown[]): unknown[] {
  run.spend(1);
  const copy: unknown[] = [];
  for (let at = 0; at < list.length; at++) {
    countTurn(run, at, list.length);
    copy.push(copied(run, list[at]) ?? null);
  }
  return copy;
}

function copiedObject(run: Run, object: Record<string, unknown>): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  const keys = Object.keys(object);
  for (let at = 0; at < keys.length; at++) {
    countTurn(run, at, keys.length);
    const key = keys[at] as string;
    const value = copied(run, object[key]);
    if (value !== undefined) setField(copy, key, value);
  }
  return copy;
}
