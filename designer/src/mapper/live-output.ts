import { FlowError } from '@crossdock/errors';
import { checkMapping, compileMapping, crossReferenceFunction, useIsolate } from '@crossdock/mapping';
import { lookUpXref } from '../api/look-up-xref.ts';
import { createPageIsolate } from './page-isolate.ts';

useIsolate(createPageIsolate());

/** What a mapping gives for a sample, or why it gives nothing. */
export type Output =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly position: number | undefined; readonly syntax: boolean };

const xref = crossReferenceFunction(lookUpXref);

/** Evaluates a mapping as the runtime does, in the browser; `$xref` looks up what `dev` has. Never throws. */
export async function evaluateMapping(
  source: string,
  input: unknown,
  bindings: Readonly<Record<string, unknown>>,
): Promise<Output> {
  try {
    const value = await compileMapping(source).evaluate(input, { xref, ...bindings });
    // A result of nothing leaves the node as null.
    return { ok: true, value: value === undefined ? null : value };
  } catch (thrown) {
    const error = thrown instanceof FlowError ? thrown : undefined;
    const position = error?.details.from;
    return {
      ok: false,
      message: thrown instanceof Error ? thrown.message : String(thrown),
      position: typeof position === 'number' ? position : undefined,
      syntax: checkMapping(source) !== undefined,
    };
  }
}
