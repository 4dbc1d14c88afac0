import type { JsonataError, NativeFunction } from '../../run.ts';

/**
 * Where reference data comes from. Gives the value under `key` in `table`, or undefined where there is none; may be asynchronous. Look-ups of
 * one evaluation are made together, and each only once.
 */
export type ReferenceData = (table: string, key: string) => unknown;

const SIGNATURE = '<s(snb)x?:x>';

/** What `$ref` is without reference data: `D4030` for each call. */
export const referenceFunctions: readonly NativeFunction[] = [
  { name: 'ref', signature: SIGNATURE, params: ['table', 'key', 'default'], call: noReferenceData },
];

function noReferenceData(): never {
  const message = 'no reference data is connected here: $ref has nowhere to look';
  throw { code: 'D4030', message } satisfies JsonataError;
}

/** `$ref` for the functions that come with a mapping's options, under the name `ref`. What the port throws ends the evaluation. */
export function referenceFunction(find: ReferenceData) {
  return {
    signature: SIGNATURE,
    async implementation(table: string | undefined, key: unknown, fallback: unknown): Promise<unknown> {
      if (table === undefined || key === undefined) return fallback;
      const found = await find(table, String(key));
      return found === undefined ? fallback : found;
    },
  };
}
