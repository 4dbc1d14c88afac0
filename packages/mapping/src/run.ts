/** An array with JSONata's marks on it: a sequence collapses to its element when it has one, and to nothing when it has none. */
export type Sequence = unknown[] & {
  sequence?: boolean;
  /** Made with `[]` behind a path: does not collapse. */
  keepSingleton?: boolean;
  /** Made by an array constructor: is not flattened into the sequence around it. */
  cons?: boolean;
  /** Elements are tuples of bindings, `@` holding the context value. */
  tupleStream?: boolean;
  /** Wraps an input that is an array, so that it is one context value. */
  outerWrapper?: boolean;
};

/** One evaluation as the built-in functions see it: its limits, its clock, and how function values are applied. */
export interface Run {
  /**
   * Counts work: a step is about one turn of a loop, or 100 characters walked. Throws when the budget or the deadline is over. Every loop whose
   * length the data decides calls it, before the work.
   */
  spend(steps: number): void;
  /** Throws (`D2015`) when a sequence of that length is not allowed. */
  checkSequence(length: number): void;
  /** Throws (`STRING_LIMIT`) when a string of that length is not allowed. Called before the string is made. */
  checkString(length: number): void;
  /** Applies a function value (lambda, built-in, partial application, regular expression, function from the bindings) to arguments. */
  apply(fn: unknown, args: readonly unknown[]): unknown;
  /**
   * `apply` for loops whose turns do not depend on each other ($map, $filter …): where the answer is still awaited it gives undefined instead of
   * throwing, so that the turns to come ask for theirs as well. The loop calls `settle` when it is through.
   */
  applyToItem(fn: unknown, args: readonly unknown[]): unknown;
  /** Throws where an answer is still awaited, so that nothing goes on with what is not complete. */
  settle(): void;
  /** How many arguments a function value takes; higher-order functions pass no more than that. */
  arityOf(fn: unknown): number;
  /** Milliseconds since 1970; the same all through one evaluation, and through its repetitions where the caller fixed the clock. */
  readonly nowMs: number;
  /** From 0 to below 1; repeatable where the caller fixed the clock. */
  random(): number;
}

/** A built-in function. Arguments have been checked against `signature`; what is left out is undefined. */
export interface NativeFunction {
  readonly name: string;
  /** JSONata's signature notation, such as `<s-nn?:s>`. */
  readonly signature?: string;
  /** Parameter names as the reference has them: they decide the arity and what partial application binds. */
  readonly params: readonly string[];
  /** `input` is the context value where the call stands. */
  readonly call: (run: Run, args: readonly unknown[], input: unknown) => unknown;
}

/** Thrown in JSONata's own form; `position` and `token` are added where the call stands. */
export interface JsonataError {
  code: string;
  value?: unknown;
  value2?: unknown;
  index?: number;
  token?: unknown;
  position?: number;
  exp?: unknown;
  type?: string;
  /** In words, what an argument has to be. */
  wanted?: string;
  message?: string;
  /** Whose name the message of `D3140` has. */
  functionName?: string;
  /** Where in a signature the fault is. */
  offset?: number;
}
