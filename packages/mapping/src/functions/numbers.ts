import type { JsonataError, NativeFunction, Run } from '../run.ts';
import { hasOtherBase, longDecimal } from './long-number.ts';
import { roundHalfEven } from './rounding.ts';
import { PIECE_LENGTH, walk } from './text-work.ts';

export const numberFunctions: readonly NativeFunction[] = [
  { name: 'number', signature: '<(nsb)-:n>', params: ['arg'], call: (run, args) => number(run, args[0]) },
  { name: 'floor', signature: '<n-:n>', params: ['arg'], call: (_run, args) => applied(Math.floor, args) },
  { name: 'ceil', signature: '<n-:n>', params: ['arg'], call: (_run, args) => applied(Math.ceil, args) },
  { name: 'abs', signature: '<n-:n>', params: ['arg'], call: (_run, args) => applied(Math.abs, args) },
  { name: 'round', signature: '<n-n?:n>', params: ['arg', 'precision'], call: round },
  { name: 'sqrt', signature: '<n-:n>', params: ['arg'], call: sqrt },
  { name: 'power', signature: '<n-n:n>', params: ['arg', 'exp'], call: power },
  { name: 'random', signature: '<:n>', params: [], call: (run) => run.random() },
  { name: 'formatBase', signature: '<n-n?:s>', params: ['value', 'radix'], call: formatBase },
];

const DECIMAL = /^-?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)?$/;
// The anchors bind the first and the last alternative only, as in the reference.
const OTHER_BASE = /^(0[xX][0-9A-Fa-f]+)|(0[oO][0-7]+)|(0[bB][0-1]+)$/;

function number(run: Run, arg: unknown): unknown {
  if (arg === undefined || typeof arg === 'number') return arg;
  if (typeof arg === 'boolean') return arg ? 1 : 0;
  if (typeof arg === 'string') {
    const isLong = arg.length > PIECE_LENGTH;
    walk(run, arg.length);
    const value = isLong ? longDecimal(run, arg) : DECIMAL.test(arg) ? Number.parseFloat(arg) : undefined;
    if (value !== undefined && Number.isFinite(value)) return value;
    if (isLong ? hasOtherBase(run, arg) : OTHER_BASE.test(arg)) return Number(arg);
  }
  throw { code: 'D3030', value: arg, index: 1 } satisfies JsonataError;
}

function applied(calculate: (value: number) => number, args: readonly unknown[]): unknown {
  return args[0] === undefined ? undefined : calculate(args[0] as number);
}

function round(_run: Run, args: readonly unknown[]): unknown {
  return args[0] === undefined ? undefined : roundHalfEven(args[0] as number, args[1] as number | undefined);
}

function sqrt(_run: Run, args: readonly unknown[]): unknown {
  const value = args[0] as number | undefined;
  if (value === undefined) return undefined;
  if (value < 0) throw { code: 'D3060', value, index: 1 } satisfies JsonataError;
  return Math.sqrt(value);
}

function power(_run: Run, args: readonly unknown[]): unknown {
  const [value, exp] = args as [number | undefined, number];
  if (value === undefined) return undefined;
  const result = value ** exp;
  if (!Number.isFinite(result)) throw { code: 'D3061', value, exp, index: 1 } satisfies JsonataError;
  return result;
}

function formatBase(_run: Run, args: readonly unknown[]): unknown {
  if (args[0] === undefined) return undefined;
  const value = roundHalfEven(args[0] as number);
  const radix = args[1] === undefined ? 10 : roundHalfEven(args[1] as number);
  if (radix < 2 || radix > 36) throw { code: 'D3100', value: radix } satisfies JsonataError;
  return value.toString(radix);
}
