import { FUNCTION_CATALOGUE, type FunctionEntry } from '../functions/catalogue/index.ts';

export type { FunctionEntry, ParameterEntry } from '../functions/catalogue/index.ts';

/** The functions that every mapping may call, by name without `$`. */
export const KNOWN_FUNCTIONS: ReadonlyMap<string, FunctionEntry> = new Map(
  FUNCTION_CATALOGUE.map((known) => [known.name, known]),
);
