import type { Evaluation } from '../run/evaluation.ts';
import { appendAll } from './arrays.ts';

/** Values appended one by one, as `$append` does it: arrays are taken apart, and a single value stays what it is. */
export class Gathering {
  #value: unknown;
  #isOwn = false;

  get value(): unknown {
    return this.#value;
  }

  add(more: unknown, run: Evaluation): void {
    if (more === undefined) return;
    if (this.#value === undefined) {
      this.#value = more;
      return;
    }
    if (!this.#isOwn) {
      this.#value = Array.isArray(this.#value) ? this.#value.slice() : [this.#value];
      this.#isOwn = true;
    }
    appendAll(run, this.#value as unknown[], Array.isArray(more) ? more : [more]);
  }
}
