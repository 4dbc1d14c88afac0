import { parseSignature } from './functions/index.ts';
import { asJavaScript } from './run/apply.ts';
import type { Evaluation } from './run/evaluation.ts';
import { NativeValue } from './run/function-value.ts';

type Implementation = (...args: never[]) => unknown;

/** A function that mappings can call by the name it is given under; it may be asynchronous. */
export type MappingFunction =
  | Implementation
  | {
      readonly implementation: Implementation;
      /** JSONata's notation, such as `<s-n?:s>`: checks the arguments and completes them from the context value. */
      readonly signature?: string;
    };

export type MappingFunctions = Readonly<Record<string, MappingFunction>>;

const partsOf = (fn: MappingFunction) => (typeof fn === 'function' ? { implementation: fn } : fn);

/** The functions as values of a mapping. Throws `S0401` and `S0402` for a signature that is none. */
export function outsideFunctions(functions: MappingFunctions): ReadonlyMap<string, NativeValue> {
  return new Map(Object.entries(functions).map(([name, fn]) => [name, nativeValueOf(name, partsOf(fn))]));
}

function nativeValueOf(
  name: string,
  { implementation, signature }: Exclude<MappingFunction, Implementation>,
): NativeValue {
  const call = implementation as (...args: unknown[]) => unknown;
  return new NativeValue(
    {
      name,
      params: Array.from({ length: implementation.length }, (_, at) => `arg${at + 1}`),
      call: (run, args, input) => {
        const evaluation = run as Evaluation;
        const given = args.map((arg) => asJavaScript(evaluation, arg));
        return evaluation.callOutside(implementation, args, () => call.apply({ input }, given));
      },
    },
    signature === undefined ? undefined : parseSignature(signature),
  );
}

/** The functions in the reference's own form. */
export function functionsForReference(functions: MappingFunctions): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(functions).map(([name, fn]) => {
      const { implementation, signature } = partsOf(fn) as { implementation: Implementation; signature?: string };
      const checked = signature === undefined ? {} : { signature: parseSignature(signature) };
      return [name, { _jsonata_function: true, implementation, ...checked }];
    }),
  );
}

/** The functions as plain ones that check their own arguments, to be called from another thread. */
export function functionsForIsolate(functions: MappingFunctions): Record<string, (...args: unknown[]) => unknown> {
  return Object.fromEntries(
    Object.entries(functions).map(([name, fn]) => {
      const { implementation, signature } = partsOf(fn) as { implementation: Implementation; signature?: string };
      const call = implementation as (...args: unknown[]) => unknown;
      const checks = signature === undefined ? undefined : parseSignature(signature);
      return [name, (...args: unknown[]) => call(...(checks ? checks.validate(args, undefined) : args))];
    }),
  );
}
