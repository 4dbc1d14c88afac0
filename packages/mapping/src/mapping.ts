import { FlowError } from '@crossdock/errors';
import jsonata from 'jsonata';

/** Limits of one evaluation. */
export interface MappingOptions {
  timeoutMs?: number;
  maxDepth?: number;
  maxSequence?: number;
  maxResultBytes?: number;
}

export interface CompiledMapping {
  /** Throws `DATA_MAPPING` (details: JSONata `code`, `position`, `token`) or `DATA_MAPPING_LIMIT`. Never changes `input`. */
  evaluate(input: unknown, bindings?: Readonly<Record<string, unknown>>): unknown | Promise<unknown>;
}

export interface MappingProblem {
  /** JSONata's own code, such as `S0202`. */
  code: string;
  message: string;
  /** Offset into the source (UTF-16 units, from 0). */
  position: number;
  token?: string;
}

/** The problem that keeps `source` from parsing, if any. */
export function checkMapping(source: string): MappingProblem | undefined {
  try {
    jsonata(source);
    return undefined;
  } catch (error) {
    const { code = 'S0500', message = String(error), position = 0, token } = error as Partial<MappingProblem>;
    return { code, message, position, ...(token === undefined ? {} : { token }) };
  }
}

/** Parses a JSONata expression once, to be evaluated often. Throws `FLOW_MAPPING_SYNTAX`. */
export function compileMapping(source: string, _options: MappingOptions = {}): CompiledMapping {
  const problem = checkMapping(source);
  if (problem) throw new FlowError('FLOW_MAPPING_SYNTAX', { details: { reason: problem.message, position: problem.position } });
  const expression = jsonata(source);
  return { evaluate: (input, bindings) => expression.evaluate(input, bindings) };
}
