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
 * Masked values that were seen in the clear, by execution. None of an execution's is forgotten while others are remembered; the execution that
 * was longest without use is forgotten first, as a whole, so memory stays bounded.
 */
export class SeenValues {
  readonly #byExecution = new Map<string, Seen>();
  readonly #recent = new Map<string, Seen>();
  #count = 0;

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
      this.#forget(oldest);
    }
  }

  #forget(executionId: string): void {
    this.#count -= this.#byExecution.get(executionId)?.values.size ?? 0;
    this.#byExecution.delete(executionId);
  }
}
