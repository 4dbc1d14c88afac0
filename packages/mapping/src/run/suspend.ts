import { isFunctionValue } from './function-value.ts';

/** Thrown through an evaluation where it cannot go on as it is; no error of the mapping. */
export abstract class Interruption {}

/** An asynchronous function was called: the evaluation is repeated once its answer is there. */
export class Suspend extends Interruption {}

/**
 * Several parts that the reference evaluates at once would fail: which failure it reports depends on how often each of them waits. The
 * reference is asked.
 */
export class Undecided extends Interruption {}

/** Only the reference can evaluate it: a text for `$eval`, or an asynchronous function that is called with a function. */
export class Uncompiled extends Interruption {}

/** The evaluation has had its time on this thread. */
export class Overtime extends Interruption {}

type Answer = { readonly value: unknown } | { readonly error: unknown } | { readonly isOpen: true };

/** The answers of asynchronous functions, by function and arguments. They outlast the repetitions of one evaluation. */
export class Answers {
  readonly #known = new Map<unknown, Map<string, Answer>>();
  #open: Promise<void>[] = [];

  /** What a call gave, if it was made before. Functions among its arguments are others at each repetition: such a call is never known. */
  of(fn: unknown, args: readonly unknown[]): Answer | undefined {
    if (holdsFunction(args)) return undefined;
    return this.#known.get(fn)?.get(keyOf(args));
  }

  /** Remembers a call that is under way. Throws `Uncompiled` where it could not be known again. */
  expect(fn: unknown, args: readonly unknown[], promise: PromiseLike<unknown>): void {
    if (holdsFunction(args)) {
      Promise.resolve(promise).catch(() => undefined);
      throw new Uncompiled();
    }
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

function holdsFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null) return false;
  if (isFunctionValue(value)) return true;
  return Array.isArray(value) ? value.some(holdsFunction) : Object.values(value).some(holdsFunction);
}

const keyOf = (args: readonly unknown[]): string => JSON.stringify(args) ?? '';
