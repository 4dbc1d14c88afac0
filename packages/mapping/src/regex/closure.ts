import { ASSERTIONS, MAX_LOOPS, OP, type RegexProgram } from './regex-program.ts';

/** More than any loop's place: all loops around have taken something in this turn. */
const ALL_LOOPS = MAX_LOOPS + 1;
const ANY_PROGRESS = -1;
const LAST_ROUND = 2 ** 30;

const [START, END, LINE_START, LINE_END, WORD, NOT_WORD] = ASSERTIONS.map((_, at) => 1 << at) as [
  ...[number, number, number, number, number, number],
];

/** What is on one side of a position, as far as assertions ask. */
export const SIDE = { other: 0, word: 1, lineEnd: 2, nothing: 3 } as const;

/** Which assertions hold between the two sides, as bits in the order of `ASSERTIONS`. */
export function assertionsBetween(before: number, after: number): number {
  return (
    (before === SIDE.nothing ? START | LINE_START : before === SIDE.lineEnd ? LINE_START : 0) |
    (after === SIDE.nothing ? END | LINE_END : after === SIDE.lineEnd ? LINE_END : 0) |
    ((before === SIDE.word) === (after === SIDE.word) ? NOT_WORD : WORD)
  );
}

/** The side that a class of units makes. */
export function sideOf({ classes, usesWords, usesLines }: RegexProgram, unitClass: number): number {
  if (usesWords && classes.isWord[unitClass]) return SIDE.word;
  return usesLines && classes.isLineEnd[unitClass] ? SIDE.lineEnd : SIDE.other;
}

/**
 * Follows a program from one position up to the instructions that take the next unit, in the order in which a backtracking matcher would try
 * them. Each is reached once: a later way to it can only fail where the first failed. On the way there, the end of a loop's turn asks for more
 * than the place, namely whether the turn took something; loops around one another have done so from the outside in, so that a number says
 * which, and an instruction is walked once for each such number.
 */
export class Closure {
  /** The instructions reached, with the positions remembered on the way to each. */
  readonly reached: Int32Array;
  count = 0;
  remembered: Int32Array;
  /** Positions remembered on the way being followed; filled by whoever follows. */
  readonly slots: Int32Array;
  /** Instructions walked, since this was last set to 0. */
  work = 0;
  readonly #program: RegexProgram;
  readonly #marks: Int32Array;
  /** One bit for each number of loops with which the instruction was walked in this round. */
  readonly #progress: Int32Array;
  /** What is still to be followed, two by two: an instruction and its progress, or what a slot gets back. */
  readonly #open: number[] = [];
  #opened = 0;
  #round = 0;

  constructor(program: RegexProgram, slots: number) {
    this.#program = program;
    this.reached = new Int32Array(program.length);
    this.remembered = new Int32Array(slots * 8);
    this.slots = new Int32Array(slots).fill(-1);
    this.#marks = new Int32Array(program.length);
    this.#progress = new Int32Array(program.length);
  }

  clear(): void {
    this.count = 0;
    if (this.#round === LAST_ROUND) this.#marks.fill(0);
    this.#round = (this.#round % LAST_ROUND) + 1;
  }

  /** Whether a match was reached; with `isFirst`, nothing is followed after it. `holds` are the assertions that hold here. */
  follow(from: number, position: number, holds: number, isFirst: boolean): boolean {
    const { ops, a, b } = this.#program;
    const open = this.#open;
    let isMatched = false;
    this.#opened = 0;
    this.#push(from, ALL_LOOPS);
    while (this.#opened > 0) {
      this.#opened -= 2;
      let pc = open[this.#opened]!;
      let progress = open[this.#opened + 1]!;
      if (pc < 0) {
        this.slots[-1 - pc] = progress;
        continue;
      }
      for (; this.#isNew(pc, ops[pc]!, progress); this.work++) {
        const op = ops[pc]!;
        if (op === OP.set) {
          this.#reach(pc);
          break;
        }
        if (op === OP.split) {
          this.#push(b[pc]!, progress);
          pc = a[pc]!;
        } else if (op === OP.jump) pc = a[pc]!;
        else if (op === OP.match) {
          isMatched = true;
          if (isFirst) return true;
          break;
        } else {
          if (op === OP.assert && (holds & (1 << a[pc]!)) === 0) break;
          if (op === OP.leave && progress < a[pc]!) break;
          if (op === OP.enter) progress = Math.min(progress, a[pc]! - 1);
          else if (op === OP.save) this.#remember(a[pc]!, position);
          else if (op === OP.forget) for (let slot = a[pc]!; slot < b[pc]!; slot++) this.#remember(slot, -1);
          pc += 1;
        }
      }
    }
    return isMatched;
  }

  /** Goes on with what was remembered on the way to the `at`th instruction that another closure reached. */
  recall({ remembered }: Closure, at: number): void {
    const { slots } = this;
    // Faster than a view, as there are few.
    for (let slot = 0, from = at * slots.length; slot < slots.length; slot++) slots[slot] = remembered[from + slot]!;
  }

  #isNew(pc: number, op: number, progress: number): boolean {
    const walked = this.#marks[pc] === this.#round ? this.#progress[pc]! : 0;
    const own = op === OP.set ? ANY_PROGRESS : 1 << progress;
    if ((walked & own) !== 0) return false;
    this.#marks[pc] = this.#round;
    this.#progress[pc] = walked | own;
    return true;
  }

  #remember(slot: number, position: number): void {
    if (slot >= this.slots.length) return;
    this.#push(-1 - slot, this.slots[slot]!);
    this.slots[slot] = position;
  }

  #push(pc: number, progress: number): void {
    this.#open[this.#opened++] = pc;
    this.#open[this.#opened++] = progress;
  }

  #reach(pc: number): void {
    const { slots } = this;
    this.reached[this.count] = pc;
    if (slots.length > 0) {
      const at = this.count * slots.length;
      if (at + slots.length > this.remembered.length) {
        const grown = new Int32Array(Math.max(this.remembered.length * 2, at + slots.length));
        grown.set(this.remembered);
        this.remembered = grown;
      }
      const { remembered } = this;
      for (let slot = 0; slot < slots.length; slot++) remembered[at + slot] = slots[slot]!;
      this.work += slots.length >> 2;
    }
    this.count += 1;
  }
}
