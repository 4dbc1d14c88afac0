import { isFunctionValue } from '../run/function-value.ts';
import type { JsonataError, NativeFunction, Run } from '../run.ts';

export const truthFunctions: readonly NativeFunction[] = [
  { name: 'boolean', signature: '<x-:b>', params: ['arg'], call: (run, args) => truthOf(run, args[0]) },
  { name: 'not', signature: '<x-:b>', params: ['arg'], call: not },
  { name: 'exists', signature: '<x:b>', params: ['arg'], call: (_run, args) => args[0] !== undefined },
  { name: 'type', signature: '<x:s>', params: ['value'], call: (_run, args) => typeOf(args[0]) },
];

/** What a value counts as where a condition is asked for; undefined for nothing. Throws `D1001` for an infinite number. */
export function truthOf(run: Run, value: unknown): boolean | undefined {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '';
    case 'number':
      return isNumeric(value) && value !== 0;
    case 'undefined':
      return undefined;
    case 'object':
      if (value === null) return false;
      if (Array.isArray(value)) return truthOfList(run, value);
      return hasField(value) && !isFunctionValue(value);
    default:
      return false;
  }
}

function truthOfList(run: Run, list: readonly unknown[]): boolean {
  // A list within a list many times over is small in memory, not to walk.
  run.spend(list.length);
  if (list.length === 1) return truthOf(run, list[0]) as boolean;
  for (let at = 0; at < list.length; at++) if (truthOf(run, list[at])) return true;
  return false;
}

function hasField(value: object): boolean {
  for (const key in value) if (Object.hasOwn(value, key)) return true;
  return false;
}

/** Whether a value is a number of JSON; throws `D1001` for an infinite one. */
export function isNumeric(value: unknown): value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  if (Number.isFinite(value)) return true;
  throw { code: 'D1001', value } satisfies JsonataError;
}

function not(run: Run, args: readonly unknown[]): unknown {
  const truth = truthOf(run, args[0]);
  return truth === undefined ? undefined : !truth;
}

function typeOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'null';
  if (isNumeric(value)) return 'number';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'array';
  return isFunctionValue(value) ? 'function' : 'object';
}
