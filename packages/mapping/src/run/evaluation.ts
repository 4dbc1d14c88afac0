import { randomFrom } from '../clock.ts';
import type { Isolate } from '../isolate.ts';
import { ResultCopier } from '../plain-result.ts';
import type { Run } from '../run.ts';
import { applyFunction, arityOf } from './apply.ts';
import type { Code } from './code.ts';
import type { Frame } from './frame.ts';
import { isLimitError, MAX_STRING_LENGTH } from './limit-error.ts';
import { Answers, Interruption, Overtime, Suspend } from './suspend.ts';

/** So many steps are done between two looks at the clock: well below a millisecond. */
const STEPS_PER_LOOK = 1000;

/**
 * More steps than this take a default time limit's seconds many times over; only what is charged more than the time it takes, as it fills the
 * memory, comes to as many.
 */
const MAX_STEPS = 500_000_000;

export interface EvaluationLimits {
  /** 0 for no limit. */
  readonly timeoutMs: number;
  readonly maxDepth: number;
  readonly maxSequence: number;
  readonly maxResultBytes: number;
}

/** One call of a mapping. It may take several evaluations, which are given what was learned before. */
export interface EvaluationCall {
  readonly limits: EvaluationLimits;
  readonly input: unknown;
  readonly bindings: Readonly<Record<string, unknown>>;
  /** What `$now()` gives, where that is fixed: milliseconds since 1970. */
  readonly nowMs: number | undefined;
  /** What its random numbers are drawn from; anything where that is empty. */
  readonly seed: string;
  /** Where it can go on. */
  readonly isolate: Isolate | undefined;
  /** Throws `Overtime` after so long; 0 for never. */
  readonly overtimeMs: number;
  readonly answers: Answers | undefined;
  /** When it began, by `performance.now()`, where that is known. */
  readonly startedMs: number | undefined;
}

/** What an evaluation needs of its compiled mapping. */
export interface EvaluationProgram {
  /** What a name means that neither the mapping nor the bindings have. */
  readonly defaultOf: (name: string) => unknown;
  /** The code of a text for `$eval`. */
  readonly codeOfText: (text: string) => Code;
}

export interface CallMark {
  readonly position: number | undefined;
  readonly token: unknown;
}

let lastId = 0;

/** One evaluation of a mapping. */
export class Evaluation implements Run {
  /** Tells whether a function value was called in this evaluation. */
  readonly id = ++lastId;
  /** How deeply the calls around nest, not counting what stands within the innermost function. */
  depth = 0;
  readonly maxDepth: number;
  readonly maxSequence: number;
  readonly root: unknown;
  /** The values of the program's global names, in its order. */
  readonly globals: readonly unknown[];
  /** Makes the result. */
  readonly copier: ResultCopier;
  /** The variables where the built-in function under way was called; only `$eval` asks. */
  callerFrame: Frame | undefined = undefined;
  /** An answer is awaited: whatever this evaluation still does counts only for the calls that it makes. */
  isWaiting = false;
  /** What was asked of asynchronous functions, once something was. */
  answers: Answers | undefined;
  readonly #call: EvaluationCall;
  readonly #program: EvaluationProgram | undefined;
  #stepsLeft = STEPS_PER_LOOK;
  #steps = 0;
  #startedMs: number | undefined;
  #seed: string;
  #nowMs: number | undefined;
  #draw: (() => number) | undefined = undefined;
  #jsMarks: Map<unknown, CallMark> | undefined = undefined;

  constructor(call: EvaluationCall, program: EvaluationProgram | undefined, globals: readonly unknown[]) {
    const { limits } = call;
    this.#call = call;
    this.#program = program;
    this.maxDepth = limits.maxDepth > 0 ? limits.maxDepth : Number.POSITIVE_INFINITY;
    this.maxSequence = limits.maxSequence;
    this.root = call.input;
    this.globals = globals;
    this.copier = new ResultCopier(limits.maxResultBytes, this);
    this.answers = call.answers;
    this.#seed = call.seed;
    this.#nowMs = call.nowMs;
    this.#startedMs = call.startedMs;
  }

  /** A global name's value, for what `$eval` asks. */
  globalNamed(name: string): unknown {
    const { bindings } = this.#call;
    return Object.hasOwn(bindings, name) ? bindings[name] : this.#program?.defaultOf(name);
  }

  codeOfText(text: string): Code {
    return (this.#program as EvaluationProgram).codeOfText(text);
  }

  /** Where JavaScript functions were called last, which cannot be written on them. */
  get jsMarks(): Map<unknown, CallMark> {
    this.#jsMarks ??= new Map();
    return this.#jsMarks;
  }

  spend(steps: number): void {
    this.#stepsLeft -= steps;
    if (this.#stepsLeft < 0) this.#look();
  }

  #look(): void {
    this.#steps += STEPS_PER_LOOK - this.#stepsLeft;
    this.#stepsLeft = STEPS_PER_LOOK;
    const { limits, overtimeMs } = this.#call;
    const now = performance.now();
    // The first thousand steps are not worth a look at the clock before them.
    this.#startedMs ??= now;
    const passed = now - this.#startedMs;
    const isOver = passed > limits.timeoutMs || this.#steps > MAX_STEPS;
    if (limits.timeoutMs > 0 && isOver) throw { code: 'D1012', value: limits.timeoutMs };
    if (overtimeMs > 0 && passed > overtimeMs) throw new Overtime();
  }

  /** Leaves this thread for what nothing can stop in it; without an isolate, throws `otherwise`. */
  leave(otherwise: unknown): never {
    throw this.#call.overtimeMs > 0 ? new Overtime() : otherwise;
  }

  checkSequence(length: number): void {
    if (length > this.maxSequence) throw { code: 'D2015', value: this.maxSequence };
  }

  checkString(length: number): void {
    if (length > MAX_STRING_LENGTH) throw { code: 'STRING_LIMIT' };
  }

  apply(fn: unknown, args: readonly unknown[]): unknown {
    return applyFunction(this, fn, args);
  }

  applyToItem(fn: unknown, args: readonly unknown[]): unknown {
    const { depth } = this;
    try {
      return applyFunction(this, fn, args);
    } catch (thrown) {
      this.postpone(thrown, depth);
      return undefined;
    }
  }

  /** Goes on with the next turn of a loop where an answer is awaited; throws everything else on. */
  postpone(thrown: unknown, depth: number): void {
    if (!this.isWaiting || isFinal(thrown)) throw thrown;
    this.depth = depth;
  }

  settle(): void {
    if (this.isWaiting) throw new Suspend();
  }

  arityOf(fn: unknown): number {
    return arityOf(fn);
  }

  /** Calls a function that may be asynchronous, or gives what it has answered already. Throws `Suspend` for an answer to come. */
  callOutside(fn: unknown, args: readonly unknown[], call: () => unknown): unknown {
    const known = this.answers?.of(fn, args);
    if (known === undefined) {
      const result = call();
      if (!isPromiseLike(result)) return result;
      this.answers ??= new Answers();
      this.answers.expect(fn, args, result);
    } else if ('value' in known) {
      return known.value;
    } else if ('error' in known) {
      throw known.error;
    }
    this.isWaiting = true;
    throw new Suspend();
  }

  get nowMs(): number {
    this.#nowMs ??= Date.now();
    return this.#nowMs;
  }

  random(): number {
    this.#draw ??= randomFrom(this.seed);
    return this.#draw();
  }

  get seed(): string {
    if (this.#seed === '') this.#seed = String(Math.random());
    return this.#seed;
  }

  /** When it began, by `performance.now()`, as far as it was asked for. */
  get startedMs(): number {
    this.#startedMs ??= performance.now();
    return this.#startedMs;
  }
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

function isFinal(thrown: unknown): boolean {
  if (thrown instanceof Interruption) return !(thrown instanceof Suspend);
  return thrown instanceof RangeError || isLimitError(thrown);
}
