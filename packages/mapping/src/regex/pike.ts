import { assertionsBetween, Closure, SIDE, sideOf } from './closure.ts';
import type { RegexProgram } from './regex-program.ts';

/** Instructions that are walked in the time of a hundred steps. */
const WORK_AT_ONCE = 2000;
const STEPS_AT_ONCE = 100;

export type Spend = (steps: number) => void;

/**
 * Runs a program on all ways at once, one unit after the other: in the order of a backtracking matcher, but in time linear in the text. Slower
 * than the automaton, it knows the groups.
 */
export class PikeMachine {
  readonly #program: RegexProgram;
  #current: Closure;
  #next: Closure;

  constructor(program: RegexProgram) {
    this.#program = program;
    this.#current = new Closure(program, program.slots);
    this.#next = new Closure(program, program.slots);
  }

  /** The first match at or after `from`: where it and its groups begin and end, -1 where a group took no part. */
  search(text: string, from: number, spend: Spend): Int32Array | undefined {
    return this.#run(text, from, undefined, spend);
  }

  /** The same for the match that is known to reach from `from` to `end`. */
  groups(text: string, from: number, end: number, spend: Spend): Int32Array | undefined {
    return this.#run(text, from, end, spend);
  }

  #run(text: string, from: number, end: number | undefined, spend: Spend): Int32Array | undefined {
    const { classes } = this.#program;
    let found: Int32Array | undefined;
    this.#current.clear();
    for (let position = from; ; position++) {
      const current = this.#current;
      const isFresh = end === undefined ? found === undefined : position === from;
      if (isFresh) {
        current.slots.fill(-1);
        if (current.follow(0, position, this.#holds(text, position), true))
          found = this.#matched(current, position, end);
      }
      if (found !== undefined && end !== undefined) return found;
      if (position >= (end ?? text.length) || (current.count === 0 && !(isFresh && found === undefined))) return found;
      const next = this.#next;
      next.clear();
      const unitClass = classes.classOf(text.charCodeAt(position));
      const holds = this.#holds(text, position + 1);
      for (let at = 0; at < current.count; at++) {
        const pc = current.reached[at]!;
        if (!classes.isIn[this.#program.a[pc]! * classes.count + unitClass]) continue;
        next.recall(current, at);
        if (!next.follow(pc + 1, position + 1, holds, true)) continue;
        found = this.#matched(next, position + 1, end) ?? found;
        break;
      }
      this.#next = current;
      this.#current = next;
      next.work += current.count;
      if (next.work + current.work > WORK_AT_ONCE) {
        spend((STEPS_AT_ONCE * (next.work + current.work)) / WORK_AT_ONCE);
        next.work = 0;
        current.work = 0;
      }
    }
  }

  /** A match that ends before the known end has less rank than the one looked for. */
  #matched({ slots }: Closure, position: number, end: number | undefined): Int32Array | undefined {
    return end === undefined || position === end ? slots.slice() : undefined;
  }

  #holds(text: string, position: number): number {
    const { classes, usesLines, usesWords } = this.#program;
    const side = (at: number) =>
      at < 0 || at >= text.length
        ? SIDE.nothing
        : usesLines || usesWords
          ? sideOf(this.#program, classes.classOf(text.charCodeAt(at)))
          : SIDE.other;
    return assertionsBetween(side(position - 1), side(position));
  }
}
