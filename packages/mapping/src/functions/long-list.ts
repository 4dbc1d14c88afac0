import type { Run } from '../run.ts';

/** One array of that length is extended in no time; to extend one of millions is to copy it, again and again. */
const CHUNK = 32_768;
/** To copy a chunk counts as so much. */
const COPY_STEPS = CHUNK / 16;

/** A list that may get very long while it is made. */
export class LongList<T> {
  readonly #run: Run;
  readonly #full: T[][] = [];
  #last: T[] = [];

  constructor(run: Run) {
    this.#run = run;
  }

  get length(): number {
    return this.#full.length * CHUNK + this.#last.length;
  }

  /** Throws `D2015` where it gets too long. */
  push(item: T): void {
    this.#run.spend(1);
    this.#run.checkSequence(this.length + 1);
    if (this.#last.length === CHUNK) {
      this.#full.push(this.#last);
      this.#last = [];
    }
    this.#last.push(item);
  }

  whole(): T[] {
    if (this.#full.length === 0) return this.#last;
    const whole = new Array<T>(this.length);
    let next = 0;
    for (const chunk of [...this.#full, this.#last]) {
      this.#run.spend(COPY_STEPS);
      for (const item of chunk) whole[next++] = item;
    }
    return whole;
  }
}
