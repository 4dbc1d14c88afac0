import { isFunctionValue } from '../run/function-value.ts';
import type { JsonataError, NativeFunction, Run, Sequence } from '../run.ts';
import { cloneOf } from './cloning.ts';
import { jsonText } from './json-text.ts';

export const conversionFunctions: readonly NativeFunction[] = [
  // The reference gives its second parameter a default, so that it does not count: `$map(list, $string)` hands on no index.
  {
    name: 'string',
    signature: '<x-b?:s>',
    params: ['arg'],
    call: (run, args) => textOf(run, args[0], args[1] === true),
  },
  { name: 'clone', signature: '<(oa)-:o>', params: ['arg'], call: clone },
];

/** What `$string` and `&` make of a value; undefined of nothing. Throws `D3001` for what is no JSON number, `D1001` for one inside. */
export function textOf(run: Run, value: unknown, prettify = false): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw { code: 'D3001', value } satisfies JsonataError;
    return numberText(value);
  }
  if (value === undefined) return undefined;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (isFunctionValue(value)) return '';
  const inner = (value as Sequence).outerWrapper && Array.isArray(value) ? value[0] : value;
  return jsonText(run, inner, prettify ? 2 : 0);
}

/** A number with at most 15 significant digits. */
export function numberText(value: number): string {
  const text = String(value);
  return text.length <= 16 || Number.isInteger(value) ? text : String(Number(value.toPrecision(15)));
}

function clone(run: Run, args: readonly unknown[]): unknown {
  return args[0] === undefined ? undefined : cloneOf(run, args[0] as object);
}
