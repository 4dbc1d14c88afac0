import { isFlowError } from '@crossdock/errors';
import type { MappingClock } from './clock.ts';
import type { AstNode } from './compile/ast-node.ts';
import { type CompiledProgram, compileProgram } from './compile/compile-program.ts';
import { NotCompiled } from './compile/not-compiled.ts';
import { currentIsolate, type Isolate } from './isolate.ts';
import { mappingError } from './mapping-error.ts';
import {
  functionsForIsolate,
  functionsForReference,
  type MappingFunctions,
  outsideFunctions,
} from './outside-functions.ts';
import { plainResult } from './plain-result.ts';
import { evaluateByReference } from './reference.ts';
import { Evaluation } from './run/evaluation.ts';
import { isLimitError } from './run/limit-error.ts';
import { asSequence } from './run/sequence.ts';
import { type Answers, Overtime, Suspend, Uncompiled, Undecided } from './run/suspend.ts';

/** Longer evaluations go on in the isolate, if there is one. */
const IN_PLACE_MS = 15;

export interface EvaluatorLimits {
  readonly timeoutMs: number;
  readonly maxDepth: number;
  readonly maxSequence: number;
  readonly maxResultBytes: number;
}

type Bindings = Readonly<Record<string, unknown>>;

/** One call of a mapping, through its repetitions. */
interface Call {
  readonly input: unknown;
  readonly bindings: Bindings;
  readonly clock: MappingClock | undefined;
  readonly seed: string;
  readonly isolate: Isolate | undefined;
  answers?: Answers | undefined;
  startedMs?: number;
  nowMs?: number;
}

/** Evaluates one mapping in whichever way it can be: by its closures, by the reference, in an isolate. */
export class Evaluator {
  readonly #source: string;
  readonly #limits: EvaluatorLimits;
  readonly #functions: MappingFunctions;
  readonly program: CompiledProgram | undefined;
  /** Why the reference evaluates it, if it always does. */
  readonly fallback: { readonly construct: string; readonly reason: string } | undefined;

  constructor(source: string, ast: AstNode, limits: EvaluatorLimits, functions: MappingFunctions) {
    this.#source = source;
    this.#limits = limits;
    this.#functions = functions;
    try {
      this.program = compileProgram(ast, outsideFunctions(functions));
    } catch (thrown) {
      // What nests too deeply to be compiled nests too deeply for the stack as well.
      if (thrown instanceof NotCompiled) this.fallback = { construct: thrown.construct, reason: thrown.reason };
      else if (thrown instanceof RangeError)
        this.fallback = { construct: 'deep nesting', reason: 'the stack has an end' };
      else throw thrown;
    }
  }

  evaluate(input: unknown, bindings: Bindings, clock: MappingClock | undefined): unknown {
    const seed = clock ? `${clock.seed} ${this.#source}` : '';
    const call: Call = { input, bindings, clock, seed, isolate: currentIsolate() };
    return this.program ? this.#inPlace(this.program, call) : this.#byReference(call, this.#open(undefined, call));
  }

  #open(program: CompiledProgram | undefined, call: Call): Evaluation {
    const { bindings } = call;
    return new Evaluation({
      limits: this.#limits,
      root: call.input,
      globals: program ? globalsOf(program, bindings) : [],
      globalNamed: (name) => (Object.hasOwn(bindings, name) ? bindings[name] : program?.defaultOf(name)),
      codeOfText: program?.codeOfText,
      nowMs: call.nowMs ?? call.clock?.nowMs,
      seed: call.seed,
      answers: call.answers,
      startedMs: call.startedMs,
      overtimeMs: call.isolate ? IN_PLACE_MS : 0,
    });
  }

  #inPlace(program: CompiledProgram, call: Call): unknown {
    const run = this.#open(program, call);
    try {
      const result = program.codeFor(run.maxDepth)(wrapped(call.input), program.newFrame(), run);
      run.settle();
      return plainResult(result, this.#limits.maxResultBytes, run);
    } catch (thrown) {
      return this.#otherwise(thrown, program, call, run);
    }
  }

  /** What becomes of an evaluation that did not come through. */
  #otherwise(thrown: unknown, program: CompiledProgram, call: Call, run: Evaluation): unknown {
    if (call.isolate && (thrown instanceof Overtime || isUnbounded(thrown)))
      return this.#isolated(call.isolate, call, run);
    if (thrown instanceof Uncompiled || isStackOverflow(thrown)) return this.#byReference(call, run);
    if (thrown instanceof Undecided) {
      // The reference takes exponential time to tell of errors within `$eval` within `$eval`.
      if (program.isDynamic) throw mappingError(thrown.first, this.#source);
      return this.#byReference(call, run);
    }
    if (thrown instanceof Suspend || (run.isWaiting && !isLimitError(thrown)))
      return this.#repeated(program, call, run);
    throw mappingError(thrown, this.#source);
  }

  async #repeated(program: CompiledProgram, call: Call, run: Evaluation): Promise<unknown> {
    const next = this.#continued(call, run);
    await this.#answered(run);
    return this.#inPlace(program, next);
  }

  #continued(call: Call, run: Evaluation): Call {
    return { ...call, answers: run.answers, startedMs: run.startedMs, nowMs: run.nowMs, seed: run.seed };
  }

  /** Waits for what was asked, no longer than the evaluation may take. */
  async #answered(run: Evaluation): Promise<void> {
    const { timeoutMs } = this.#limits;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<boolean>((resolve) => {
      if (timeoutMs > 0) timer = setTimeout(() => resolve(true), this.#msLeft(run));
    });
    const isOver = await Promise.race([run.answers?.settled().then(() => false), over]);
    clearTimeout(timer);
    if (isOver) throw mappingError({ code: 'D1012', value: timeoutMs }, this.#source);
  }

  async #byReference(call: Call, run: Evaluation): Promise<unknown> {
    const { maxDepth, maxSequence, maxResultBytes } = this.#limits;
    const again = this.#open(undefined, { ...this.#continued(call, run), isolate: undefined });
    try {
      const result = await evaluateByReference({
        source: this.#source,
        input: call.input,
        bindings: { ...functionsForReference(this.#functions), ...call.bindings },
        timeoutMs: this.#msLeft(run),
        maxDepth,
        maxSequence,
        run: again,
      });
      return plainResult(result, maxResultBytes, again);
    } catch (thrown) {
      if (call.isolate && isUnbounded(thrown)) return this.#isolated(call.isolate, call, run);
      throw mappingError(thrown, this.#source);
    }
  }

  async #isolated(isolate: Isolate, call: Call, run: Evaluation): Promise<unknown> {
    const { input, bindings, clock } = call;
    const entries = Object.entries(bindings);
    const own = entries.filter(([, value]) => typeof value === 'function') as [
      string,
      (...args: unknown[]) => unknown,
    ][];
    const functions = { ...functionsForIsolate(this.#functions), ...Object.fromEntries(own) };
    const data = Object.fromEntries(entries.filter(([, value]) => typeof value !== 'function'));
    const limits = { ...this.#limits, timeoutMs: this.#msLeft(run) };
    const sameClock = { nowMs: run.nowMs, seed: clock?.seed ?? run.seed };
    try {
      return await isolate.evaluate({
        source: this.#source,
        limits,
        input,
        bindings: data,
        clock: sameClock,
        functions,
      });
    } catch (thrown) {
      // What cannot be sent to another thread stays here.
      if (isFlowError(thrown) || !this.program) throw thrown;
      return this.#inPlace(this.program, { ...this.#continued(call, run), isolate: undefined });
    }
  }

  #msLeft(run: Evaluation): number {
    const { timeoutMs } = this.#limits;
    return timeoutMs > 0 ? Math.max(1, timeoutMs - (performance.now() - run.startedMs)) : timeoutMs;
  }
}

/** An input that is a list is one context value, not many. */
const wrapped = (input: unknown): unknown =>
  Array.isArray(input) ? Object.assign(asSequence([input]), { outerWrapper: true }) : input;

/** The values of a mapping's global names. */
function globalsOf({ globalNames, defaults }: CompiledProgram, bindings: Bindings): readonly unknown[] {
  let values: unknown[] | undefined;
  for (const name of Object.keys(bindings)) {
    const at = globalNames.get(name);
    if (at === undefined) continue;
    values ??= defaults.slice();
    values[at] = bindings[name];
  }
  return values ?? defaults;
}

const isStackOverflow = (thrown: unknown): boolean =>
  thrown instanceof RangeError && !/string|array/i.test(thrown.message);

/** A regular expression, in `$eval` perhaps, that only a thread may run that can be killed. */
function isUnbounded(thrown: unknown): boolean {
  const { code, error } = (thrown ?? {}) as { code?: unknown; error?: unknown };
  return code === 'REGEX_UNBOUNDED' || (error !== undefined && isUnbounded(error));
}
