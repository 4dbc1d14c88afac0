import { everyText, type Leaf, type MaskedTexts, maskedTexts } from './masked-texts.ts';

const MAX_EXECUTIONS = 5_000;
/** Over all executions. */
const MAX_VALUES = 500_000;
/** More values of one execution are not looked for one by one: whatever it holds is taken for one of them. */
const MAX_SOUGHT = 2_000;
/** Executions that one other started come with the same values, one after another. */
const MAX_RECENT = 20;

/** Masked values, ready to be looked for. */
export interface Seen {
  readonly values: ReadonlySet<Leaf>;
  readonly texts: MaskedTexts;
}

/**
 * Masked values that were seen in the clear, by execution. None of an execution's is forgotten while others are remembered, nor any while it is
 * held; of the rest the execution that was longest without use is forgotten first, as a whole. So memory stays bounded, by what is held at once
 * too: a worker carries a set number of executions.
 */
export class SeenValues {
  readonly #byExecution = new Map<string, Seen>();
  readonly #recent = new Map<string, Seen>();
  /** How often each execution is held. */
  readonly #held = new Map<string, number>();
  #count = 0;

  /** Keeps what is seen in an execution until what it gives is called, once. */
  hold(executionId: string): () => void {
    this.#held.set(executionId, (this.#held.get(executionId) ?? 0) + 1);
    return () => {
      const left = (this.#held.get(executionId) ?? 0) - 1;
      if (left > 0) this.#held.set(executionId, left);
      else this.#held.delete(executionId);
    };
  }

  /** What was seen in the execution, these among it; undefined when that is nothing. */
  with(executionId: string | undefined, values: readonly Leaf[] = []): Seen | undefined {
    const known = executionId === undefined ? undefined : this.#byExecution.get(executionId);
    const isNews = !values.every((value) => known?.values.has(value));
    const seen = isNews ? this.#seenOf(new Set([...(known?.values ?? []), ...values])) : known;
    if (executionId !== undefined && seen) this.#remember(executionId, seen);
    return seen;
  }

  #seenOf(values: ReadonlySet<Leaf>): Seen {
    if (values.size > MAX_SOUGHT) return { values, texts: everyText(values) };
    const name = [...values].join('\n');
    const seen = this.#recent.get(name) ?? { values, texts: maskedTexts(values) };
    this.#recent.delete(name);
    this.#recent.set(name, seen);
    if (this.#recent.size > MAX_RECENT) this.#recent.delete(this.#recent.keys().next().value as string);
    return seen;
  }

  #remember(executionId: string, seen: Seen): void {
    this.#forget(executionId);
    this.#byExecution.set(executionId, seen);
    this.#count += seen.values.size;
    for (const oldest of this.#byExecution.keys()) {
      const isRoom = this.#byExecution.size <= MAX_EXECUTIONS && this.#count <= MAX_VALUES;
      if (isRoom || oldest === executionId) return;
      if (!this.#held.has(oldest)) this.#forget(oldest);
    }
  }

  #forget(executionId: string): void {
    this.#count -= this.#byExecution.get(executionId)?.values.size ?? 0;
    this.#byExecution.delete(executionId);
  }
}
