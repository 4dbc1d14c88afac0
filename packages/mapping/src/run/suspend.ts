/** Thrown through an evaluation where it cannot go on as it is; no error of the mapping. */
export abstract class Interruption {}

/** An asynchronous function was called: the evaluation is repeated once its answer is there. */
export class Suspend extends Interruption {}

/**
 * Several parts that the reference evaluates at once would fail: which failure it reports depends on how often each of them waits. The
 * reference is asked.
 */
export class Undecided extends Interruption {}

/** A text for `$eval` that only the reference can evaluate. */
export class Uncompiled extends Interruption {}

/** The evaluation has had its time on this thread. */
export class Overtime extends Interruption {}

type Answer = { readonly value: unknown } | { readonly error: unknown } | { readonly isOpen: true };

/** The answers of asynchronous functions, by function and arguments. They outlast the repetitions of one evaluation. */
export class Answers {
  readonly #known = new Map<unknown, Map<string, Answer>>();
  #open: Promise<void>[] = [];

  /** What a call gave, if it was made before. */
  of(fn: unknown, args: readonly unknown[]): Answer | undefined {
    return this.#known.get(fn)?.get(keyOf(args));
  }

  /** Remembers a call that is under way. */
  expect(fn: unknown, args: readonly unknown[], promise: PromiseLike<unknown>): void {
    const key = keyOf(args);
    const calls = this.#known.get(fn) ?? new Map<string, Answer>();
    this.#known.set(fn, calls);
    calls.set(key, { isOpen: true });
    this.#open.push(
      Promise.resolve(promise).then(
        (value) => void calls.set(key, { value }),
        (error: unknown) => void calls.set(key, { error }),
      ),
    );
  }

  /** Waits for all calls under way. */
  async settled(): Promise<void> {
    const open = this.#open;
    this.#open = [];
    await Promise.all(open);
  }
}

const keyOf = (args: readonly unknown[]): string => JSON.stringify(args) ?? '';
