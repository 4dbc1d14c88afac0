import { FlowError } from '@crossdock/errors';
import jsonata from 'jsonata';
import { type Ast, traitsOf } from './ast.ts';
import { guardedBuiltins } from './builtins.ts';
import { clockBindings, type MappingClock } from './clock.ts';
import { mappingError } from './mapping-error.ts';
import { plainResult } from './plain-result.ts';
import { checkMapping } from './problem.ts';
import { LinearRegex } from './regex.ts';
import { takeTurn } from './turns.ts';

/** Limits of one evaluation; going over one throws `DATA_MAPPING_LIMIT`. */
export interface MappingOptions {
  /** From the evaluation's turn on: evaluations of one process run one after the other. */
  timeoutMs?: number;
  /**
   * Evaluations open at once. JSONata opens all fields of an object and all groups of a group-by together, so this is not the depth of
   * recursion alone: 500 would refuse an object of 170 fields.
   */
  maxDepth?: number;
  maxSequence?: number;
  /** Size of the result as JSON, roughly. */
  maxResultBytes?: number;
}

export interface CompiledMapping {
  /**
   * Gives plain JSON, or undefined where the mapping finds nothing. Throws `DATA_MAPPING` (details: JSONata `code`, `position`, `token`) or
   * `DATA_MAPPING_LIMIT`. Never changes `input` and shares nothing with it. With a `clock`, `$now()`, `$millis()`, `$random()` and
   * `$shuffle()` give the same each time.
   */
  evaluate(input: unknown, bindings?: Readonly<Record<string, unknown>>, clock?: MappingClock): Promise<unknown>;
}

export const MAPPING_LIMITS: Readonly<Required<MappingOptions>> = {
  timeoutMs: 3000,
  maxDepth: 100_000,
  maxSequence: 10_000_000,
  maxResultBytes: 16 * 1024 * 1024,
};

const MAX_CACHED = 1000;
const cache = new Map<string, CompiledMapping>();

/** A mapping ready to be evaluated often; cached, so that callers may compile for each message. Throws `FLOW_MAPPING_SYNTAX`. */
export function compileMapping(source: string, options: MappingOptions = {}): CompiledMapping {
  const limits = { ...MAPPING_LIMITS, ...options };
  const key = `${limits.timeoutMs} ${limits.maxDepth} ${limits.maxSequence} ${limits.maxResultBytes} ${source}`;
  const mapping = cache.get(key) ?? compile(source, limits);
  cache.delete(key);
  cache.set(key, mapping);
  const [oldest] = cache.keys();
  if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest);
  return mapping;
}

function compile(source: string, limits: Required<MappingOptions>): CompiledMapping {
  const problem = checkMapping(source);
  if (problem) {
    const { message: reason, position, code, token } = problem;
    throw new FlowError('FLOW_MAPPING_SYNTAX', { details: { reason, position, code, ...(token ? { token } : {}) } });
  }
  const guardrails: jsonata.JsonataOptions = {
    timeout: limits.timeoutMs,
    stack: limits.maxDepth,
    RegexEngine: LinearRegex as unknown as RegExpConstructor,
  };
  const expression = jsonata(source, guardrails);
  // Read at each evaluation. Counting costs half as much again as all the rest, so where sequences grow by paths alone the time limit has to do.
  const { growsSequences, usesClock } = traitsOf(expression.ast() as unknown as Ast);
  if (growsSequences) guardrails.sequence = limits.maxSequence;
  let ready: Promise<void> | undefined;
  const assignBuiltins = async (): Promise<void> => {
    for (const [name, builtin] of Object.entries(await guardedBuiltins())) expression.assign(name, builtin);
  };
  return {
    async evaluate(input, bindings = {}, clock) {
      ready ??= assignBuiltins();
      await ready;
      const clocked = clock && usesClock ? await clockBindings(clock, source) : {};
      try {
        const result = await takeTurn(() => expression.evaluate(input, { ...clocked, ...bindings }));
        return plainResult(result, limits.maxResultBytes);
      } catch (thrown) {
        throw mappingError(thrown, source);
      }
    },
  };
}
