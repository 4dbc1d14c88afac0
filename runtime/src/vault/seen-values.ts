import { type Leaf, type MaskedTexts, maskedTexts } from './masked-texts.ts';

const MAX_EXECUTIONS = 5_000;
const MAX_VALUES = 2_000;

/** Masked values, ready to be looked for. */
export interface Seen {
  readonly values: ReadonlySet<Leaf>;
  readonly texts: MaskedTexts;
}

/** Masked values that were seen in the clear, by execution: forgotten oldest execution first, so memory stays bounded. */
export class SeenValues {
  readonly #byExecution = new Map<string, Seen>();

  /** What was seen in the execution, these among it; undefined when that is nothing. */
  with(executionId: string | undefined, values: readonly Leaf[] = []): Seen | undefined {
    const known = executionId === undefined ? undefined : this.#byExecution.get(executionId);
    if (values.every((value) => known?.values.has(value))) return known;
    const all = new Set([...(known?.values ?? []), ...values].slice(0, MAX_VALUES));
    const seen = { values: all, texts: maskedTexts(all) };
    if (executionId !== undefined) this.#remember(executionId, seen);
    return seen;
  }

  #remember(executionId: string, seen: Seen): void {
    this.#byExecution.delete(executionId);
    this.#byExecution.set(executionId, seen);
    const oldest = this.#byExecution.keys().next();
    if (this.#byExecution.size > MAX_EXECUTIONS && !oldest.done) this.#byExecution.delete(oldest.value);
  }
}
