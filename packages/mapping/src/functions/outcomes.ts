import type { JsonataError, NativeFunction, Run } from '../run.ts';

/** Functions that end an evaluation with the author's own words. */
export const outcomeFunctions: readonly NativeFunction[] = [
  { name: 'error', signature: '<s?:x>', params: ['message'], call: error },
  { name: 'assert', signature: '<bs?:x>', params: ['condition', 'message'], call: assert },
];

function error(_run: Run, args: readonly unknown[]): never {
  const message = (args[0] as string | undefined) || '$error() function evaluated';
  throw { code: 'D3137', message } satisfies JsonataError;
}

function assert(_run: Run, args: readonly unknown[]): undefined {
  if (args[0]) return undefined;
  const message = (args[1] as string | undefined) || '$assert() statement failed';
  throw { code: 'D3141', message } satisfies JsonataError;
}
