import { FlowError } from '@crossdock/errors';
import type { MappingClock } from './clock.ts';
import { Evaluator } from './evaluator.ts';
import { explainMapping, type MappingExplanation } from './explanation.ts';
import type { MappingFunctions } from './outside-functions.ts';
import { readMapping } from './problem.ts';
import type { EvaluationLimits } from './run/evaluation.ts';

/** Limits of one evaluation; going over one throws `DATA_MAPPING_LIMIT`. And the functions that it may call besides the built-in ones. */
export interface MappingOptions {
  /** Waiting for asynchronous functions counts as well. 0 for no limit. */
  timeoutMs?: number;
  /** How deeply evaluations may nest, counted as JSONata's own `stack` option counts along one line of calls. */
  maxDepth?: number;
  maxSequence?: number;
  /** Size of the result as JSON, roughly. */
  maxResultBytes?: number;
  /** By name without `$`; they stand before built-ins of the same names, and may be asynchronous. */
  functions?: MappingFunctions;
}

export interface CompiledMapping {
  /**
   * Gives plain JSON, or undefined where the mapping finds nothing; a promise of it only where something asynchronous was called, or the
   * mapping had to leave this thread or the closures it was compiled to. Throws `DATA_MAPPING` (details: JSONata `code`, `position`, `token`)
   * or `DATA_MAPPING_LIMIT`. Never changes `input` and shares nothing with it. With a `clock`, `$now()`, `$millis()`, `$random()`,
   * `$shuffle()` and `$uuid()` give the same each time.
   */
  evaluate(
    input: unknown,
    bindings?: Readonly<Record<string, unknown>>,
    clock?: MappingClock,
  ): unknown | Promise<unknown>;
  /** How it is evaluated. */
  explain(): MappingExplanation;
}

export const MAPPING_LIMITS: Readonly<EvaluationLimits> = {
  timeoutMs: 3000,
  maxDepth: 100_000,
  maxSequence: 10_000_000,
  maxResultBytes: 16 * 1024 * 1024,
};

const MAX_CACHED = 1000;
const USUAL: MappingOptions = {};
const NO_FUNCTIONS: MappingFunctions = {};

/** A mapping as it is kept: for whatever limits, as what is left of a time limit differs each time. */
interface Compiled {
  readonly within: (limits: EvaluationLimits) => CompiledMapping;
  readonly usual: CompiledMapping;
}

const caches = new WeakMap<MappingFunctions, Map<string, Compiled>>();

/** A mapping ready to be evaluated often; cached, so that callers may compile for each message. Throws `DATA_MAPPING` where it does not parse. */
export function compileMapping(source: string, options = USUAL): CompiledMapping {
  const { functions = NO_FUNCTIONS } = options;
  const cache = caches.get(functions) ?? new Map<string, Compiled>();
  caches.set(functions, cache);
  const compiled = cache.get(source) ?? compile(source, functions);
  // The one used last is the last one to go.
  cache.delete(source);
  cache.set(source, compiled);
  const [oldest] = cache.keys();
  if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest);
  return options === USUAL ? compiled.usual : compiled.within(limitsOf(options));
}

function limitsOf(options: MappingOptions): EvaluationLimits {
  const { timeoutMs, maxDepth, maxSequence, maxResultBytes } = { ...MAPPING_LIMITS, ...options };
  return { timeoutMs, maxDepth, maxSequence, maxResultBytes };
}

function compile(source: string, functions: MappingFunctions): Compiled {
  const { ast, problem } = readMapping(source);
  if (problem) {
    const { message: reason, position: from, behind: position, code, token } = problem;
    const place = { ...(position === undefined ? {} : { position }), from, ...(token ? { token } : {}) };
    throw new FlowError('DATA_MAPPING', { details: { reason, code, ...place } });
  }
  const evaluator = new Evaluator(source, ast, functions);
  const within = (limits: EvaluationLimits): CompiledMapping => ({
    evaluate: (input, bindings = {}, clock) => evaluator.evaluate(limits, input, bindings, clock),
    explain: () => explainMapping(ast, evaluator, limits, functions),
  });
  return { within, usual: within(MAPPING_LIMITS) };
}
