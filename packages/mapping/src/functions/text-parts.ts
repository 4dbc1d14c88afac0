import type { Run } from '../run.ts';

const MANY = 2048;

/** A text made of many parts; put together now and then, as a text of millions of parts is slow to walk and large. */
export class TextParts {
  readonly #run: Run;
  #text = '';
  #parts: string[] = [];
  #length = 0;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Throws `STRING_LIMIT` where it gets too long. */
  add(first: string, second: string): void {
    this.#length += first.length + second.length;
    this.#run.checkString(this.#length);
    this.#parts.push(first, second);
    if (this.#parts.length < MANY) return;
    this.#text += this.#parts.join('');
    this.#parts = [];
  }

  whole(last: string): string {
    this.#run.checkString(this.#length + last.length);
    return this.#text + this.#parts.join('') + last;
  }
}
