import { FUNCTION_CATALOGUE, type FunctionEntry, type ParameterEntry } from '../functions/catalogue/index.ts';

/** A built-in function as editor and lint see it. */
export type KnownFunction = FunctionEntry;

export type KnownParameter = ParameterEntry;

/** The functions that every mapping may call, by name without `$`. */
export const KNOWN_FUNCTIONS: ReadonlyMap<string, KnownFunction> = new Map(
  FUNCTION_CATALOGUE.map((entry) => [entry.name, entry]),
);
