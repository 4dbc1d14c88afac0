import { isFlowError } from '@crossdock/errors';
import type { MappingClock } from './clock.ts';
import type { AstNode } from './compile/ast-node.ts';
import { type CompiledProgram, compileProgram } from './compile/compile-program.ts';
import { NotCompiled } from './compile/not-compiled.ts';
import { currentIsolate, type Isolate, isInsideIsolate } from './isolate.ts';
import { mappingError } from './mapping-error.ts';
import {
  functionsForIsolate,
  functionsForReference,
  type MappingFunctions,
  outsideFunctions,
} from './outside-functions.ts';
import { evaluateByReference } from './reference.ts';
import { Evaluation, type EvaluationCall, type EvaluationLimits } from './run/evaluation.ts';
import { isLimitError } from './run/limit-error.ts';
import { asSequence } from './run/sequence.ts';
import { Overtime, Suspend, Uncompiled, Undecided } from './run/suspend.ts';

/**
 * Longer evaluations go on in the isolate, if there is one. What the event loop is kept from meanwhile is about what one execution takes, so that
 * few of the others notice.
 */
const IN_PLACE_MS = 5;
/** A mapping that took long so often that no more than this is left to it is begun in the isolate. */
const LEAST_IN_PLACE_MS = 1;

/** It stays where it is. */
const IN_PLACE = { isolate: undefined, overtimeMs: 0 };

type Bindings = Readonly<Record<string, unknown>>;

/** Evaluates one mapping in whichever way it can be: by its closures, by the reference, in an isolate. */
export class Evaluator {
  readonly #source: string;
  readonly #functions: MappingFunctions;
  readonly program: CompiledProgram | undefined;
  /** Why the reference evaluates it, if it always does. */
  readonly fallback: { readonly construct: string; readonly reason: string } | undefined;

  /** Halved each time that an evaluation takes longer: a mapping that loops must not cost the event loop as much for each message. */
  #inPlaceMs = IN_PLACE_MS;

  constructor(source: string, ast: AstNode, functions: MappingFunctions) {
    this.#source = source;
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

  evaluate(limits: EvaluationLimits, input: unknown, bindings: Bindings, clock: MappingClock | undefined): unknown {
    const isolate = currentIsolate();
    const call: EvaluationCall = {
      limits,
      input,
      bindings,
      nowMs: clock?.nowMs,
      seed: clock ? this.#seedFrom(clock) : '',
      isolate,
      overtimeMs: isolate ? this.#inPlaceMs : 0,
      answers: undefined,
      startedMs: undefined,
    };
    if (!this.program) return this.#byReference(call, new Evaluation(call, undefined, []));
    if (isolate && this.#inPlaceMs < LEAST_IN_PLACE_MS) {
      return this.#isolated(isolate, call, new Evaluation(call, undefined, []));
    }
    return this.#inPlace(this.program, call);
  }

  /** Two mappings draw different numbers from one seed. Whoever sent this one to an isolate has seen to that. */
  #seedFrom({ seed }: MappingClock): string {
    return isInsideIsolate() ? seed : `${seed} ${this.#source}`;
  }

  #inPlace(program: CompiledProgram, call: EvaluationCall): unknown {
    const run = new Evaluation(call, program, globalsOf(program, call.bindings));
    try {
      const result = program.codeFor(run.maxDepth)(wrapped(call.input), program.newFrame(), run);
      run.settle();
      return result;
    } catch (thrown) {
      return this.#otherwise(thrown, program, call, run);
    }
  }

  /** What becomes of an evaluation that did not come through. */
  #otherwise(thrown: unknown, program: CompiledProgram, call: EvaluationCall, run: Evaluation): unknown {
    if (thrown instanceof Overtime) this.#inPlaceMs /= 2;
    if (call.isolate && (thrown instanceof Overtime || isUnbounded(thrown)))
      return this.#isolated(call.isolate, call, run);
    if (thrown instanceof Uncompiled || thrown instanceof Undecided || isStackOverflow(thrown))
      return this.#byReference(call, run);
    if (thrown instanceof Suspend || (run.isWaiting && !isLimitError(thrown)))
      return this.#repeated(program, call, run);
    throw mappingError(thrown, this.#source);
  }

  async #repeated(program: CompiledProgram, call: EvaluationCall, run: Evaluation): Promise<unknown> {
    const next = continued(call, run);
    await this.#answered(call, run);
    const { timeoutMs } = call.limits;
    const elapsedMs = performance.now() - run.startedMs;
    if (timeoutMs > 0 && elapsedMs > timeoutMs) throw mappingError({ code: 'D1012', value: timeoutMs }, this.#source);
    // Answers that are there at once would keep the event loop as long as there is more to ask.
    if (elapsedMs > IN_PLACE_MS) await new Promise((go) => setTimeout(go));
    return this.#inPlace(program, next);
  }

  /** Waits for what was asked, no longer than the evaluation may take. */
  async #answered({ limits }: EvaluationCall, run: Evaluation): Promise<void> {
    const { timeoutMs } = limits;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<boolean>((resolve) => {
      if (timeoutMs > 0) timer = setTimeout(() => resolve(true), msLeft(limits, run));
    });
    const isOver = await Promise.race([run.answers?.settled().then(() => false), over]);
    clearTimeout(timer);
    if (isOver) throw mappingError({ code: 'D1012', value: timeoutMs }, this.#source);
  }

  async #byReference(call: EvaluationCall, run: Evaluation): Promise<unknown> {
    // The reference is slow, and keeps the event loop all the while.
    if (call.isolate) return this.#isolated(call.isolate, call, run);
    const { maxDepth, maxSequence } = call.limits;
    const again = new Evaluation({ ...continued(call, run), ...IN_PLACE }, undefined, []);
    try {
      const result = await evaluateByReference({
        source: this.#source,
        input: call.input,
        bindings: { ...functionsForReference(this.#functions), ...call.bindings },
        timeoutMs: msLeft(call.limits, run),
        maxDepth,
        maxSequence,
        run: again,
      });
      return again.copier.copy(result);
    } catch (thrown) {
      throw mappingError(thrown, this.#source);
    }
  }

  async #isolated(isolate: Isolate, call: EvaluationCall, run: Evaluation): Promise<unknown> {
    const { input, bindings } = call;
    const entries = Object.entries(bindings);
    const own = entries.filter(([, value]) => typeof value === 'function') as [
      string,
      (...args: unknown[]) => unknown,
    ][];
    const functions = { ...functionsForIsolate(this.#functions), ...Object.fromEntries(own) };
    // Copying costs this thread time, and most mappings name few of the outputs that are bound.
    const isNamed = (name: string) => !this.program || this.program.isDynamic || this.program.globalNames.has(name);
    const data = Object.fromEntries(entries.filter(([name, value]) => typeof value !== 'function' && isNamed(name)));
    const limits = { ...call.limits, timeoutMs: msLeft(call.limits, run) };
    const sameClock = { nowMs: run.nowMs, seed: run.seed };
    const startedAt = performance.now();
    try {
      const task = { source: this.#source, limits, input, bindings: data, clock: sameClock, functions };
      const result = await isolate.evaluate(task);
      if (performance.now() - startedAt < IN_PLACE_MS) this.#inPlaceMs = IN_PLACE_MS;
      return result;
    } catch (thrown) {
      // What cannot be sent to another thread stays here.
      if (isFlowError(thrown) || !this.program) throw thrown;
      return this.#inPlace(this.program, { ...continued(call, run), ...IN_PLACE });
    }
  }
}

const msLeft = ({ timeoutMs }: EvaluationLimits, run: Evaluation): number =>
  timeoutMs > 0 ? Math.max(1, timeoutMs - (performance.now() - run.startedMs)) : timeoutMs;

/** The call as it goes on after an evaluation of it. */
function continued(call: EvaluationCall, run: Evaluation): EvaluationCall {
  return { ...call, answers: run.answers, startedMs: run.startedMs, nowMs: run.nowMs, seed: run.seed };
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
