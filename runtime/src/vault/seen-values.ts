import type { Leaf } from './vault.ts';

const MAX_EXECUTIONS = 5_000;
const MAX_VALUES = 2_000;

/** Masked values that were seen in the clear, by execution: forgotten oldest execution first, so memory stays bounded. */
export class SeenValues {
  readonly #byExecution = new Map<string, ReadonlySet<Leaf>>();

  of(executionId: string | undefined): ReadonlySet<Leaf> {
    return (executionId !== undefined && this.#byExecution.get(executionId)) || new Set();
  }

  add(executionId: string | undefined, values: ReadonlySet<Leaf>): void {
    if (executionId === undefined || values.size === 0) return;
    const all = [...new Set([...this.of(executionId), ...values])].slice(0, MAX_VALUES);
    this.#byExecution.delete(executionId);
    this.#byExecution.set(executionId, new Set(all));
    const oldest = this.#byExecution.keys().next();
    if (this.#byExecution.size > MAX_EXECUTIONS && !oldest.done) this.#byExecution.delete(oldest.value);
  }
}
