import { assertionsBetween, Closure, SIDE, sideOf } from './closure.ts';
import type { Spend } from './pike.ts';
import type { RegexProgram } from './regex-program.ts';

/** Units of text walked between two calls of `spend`, which counts a step for 100. */
const UNITS_AT_ONCE = 4096;
const STEPS_AT_ONCE = 41;
/** Four bytes each; a table that would grow over this is begun anew. */
const MAX_CELLS = 1 << 15;
/** A table that fills up in fewer units than this for each of its states is not worth it. */
const UNITS_PER_STATE = 10;
/** Instructions that are walked in the time of a step. */
const WORK_PER_STEP = 20;

interface State {
  /** Instructions to go on at, by rank. */
  readonly places: readonly number[];
  /** A match may still begin here. */
  readonly isSearching: boolean;
  /** What the unit before was, as a `SIDE`. */
  readonly before: number;
}

/** The outcome of a walk that would have cost more than it gives. */
export const GAVE_UP = -2;
/** The outcome of a walk that is not over where it was to stop. */
export const BEYOND_HORIZON = -3;
const NONE = -1;
const DEAD: State = { places: [], isSearching: false, before: SIDE.other };

/**
 * A deterministic automaton made of a program while text is read: one look into a table for each unit. A state is the ordered list of places
 * where a backtracking matcher would go on, so that it finds what that one finds; the groups of a match it does not know.
 */
export class LazyAutomaton {
  readonly #program: RegexProgram;
  readonly #closure: Closure;
  /** One cell for each class of units and one for the end of the text. */
  readonly #width: number;
  /** By row and class: 0 where not known yet, else twice the row that follows, plus 1, plus 1 where a match ends before the unit. */
  #table: Int32Array;
  #states: State[] = [];
  #rows = new Map<string, number>();
  #begun = 0;

  constructor(program: RegexProgram) {
    this.#program = program;
    this.#closure = new Closure(program, 0);
    this.#width = program.classes.count + 1;
    this.#table = new Int32Array(this.#width * 8);
    this.#begin();
  }

  /** Where the first match at or after `from` ends; -1 without one. `isAnchored`: only at `from` itself. */
  endOfMatch(text: string, from: number, isAnchored: boolean, spend: Spend, horizon: number): number {
    const before = from === 0 ? SIDE.nothing : this.#sideOf(text.charCodeAt(from - 1));
    const to = Math.min(text.length, from + horizon);
    return this.#walk(text, from, to, 1, { places: [0], isSearching: !isAnchored, before }, spend);
  }

  /** For a reversed program: where the longest match begins that ends at `end`, but not before `least`. */
  startOfMatch(text: string, end: number, least: number, spend: Spend): number {
    const before = end === text.length ? SIDE.nothing : this.#sideOf(text.charCodeAt(end));
    return this.#walk(text, end, least, -1, { places: [0], isSearching: false, before }, spend);
  }

  #walk(text: string, from: number, to: number, step: 1 | -1, state: State, spend: Spend): number {
    const { classes } = this.#program;
    const { narrow } = classes;
    const width = this.#width;
    const offset = step === 1 ? 0 : -1;
    let row = this.#rowOf(state);
    let found = NONE;
    let begun = this.#begun;
    let begunAt = from;
    for (let at = from; at !== to; ) {
      const stop = step === 1 ? Math.min(to, at + UNITS_AT_ONCE) : Math.max(to, at - UNITS_AT_ONCE);
      let table = this.#table;
      for (; at !== stop; at += step) {
        const unit = text.charCodeAt(at + offset);
        const unitClass = unit < 256 ? narrow[unit]! : classes.classOf(unit);
        let cell = table[row + unitClass]!;
        if (cell === 0) {
          cell = this.#fill(row, unitClass, step === 1, spend);
          table = this.#table;
          if (this.#begun !== begun) {
            begun = this.#begun;
            if (Math.abs(at - begunAt) < UNITS_PER_STATE * (MAX_CELLS / width)) return GAVE_UP;
            begunAt = at;
          }
        }
        cell -= 1;
        if ((cell & 1) === 1) found = at;
        row = (cell >> 1) | 0;
        if (row === 0) return found;
      }
      spend(STEPS_AT_ONCE);
    }
    if (step === 1 && to < text.length) return BEYOND_HORIZON;
    // What stands beyond decides about a match that ends here.
    const edge = step === 1 ? to : to - 1;
    const unitClass = edge < 0 || edge >= text.length ? width - 1 : classes.classOf(text.charCodeAt(edge));
    const cell = this.#table[row + unitClass] || this.#fill(row, unitClass, step === 1, spend);
    return ((cell - 1) & 1) === 1 ? to : found;
  }

  #sideOf(unit: number): number {
    return sideOf(this.#program, this.#program.classes.classOf(unit));
  }

  #begin(): void {
    this.#begun += 1;
    this.#states = [];
    this.#rows.clear();
    this.#table.fill(0);
    this.#rowOf(DEAD);
  }

  #rowOf(state: State): number {
    const key = `${state.before}${state.isSearching ? '+' : '-'}${state.places.join()}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = this.#states.length * this.#width;
    if (row + this.#width > MAX_CELLS && this.#states.length > 2) {
      this.#begin();
      return this.#rowOf(state);
    }
    if (row + this.#width > this.#table.length) {
      const grown = new Int32Array(Math.max(this.#table.length * 2, row + this.#width));
      grown.set(this.#table);
      this.#table = grown;
    }
    this.#states.push(state);
    this.#rows.set(key, row);
    return row;
  }

  /** Works a cell of the table out. `isRanked`: what ranks below a match is given up. */
  #fill(row: number, unitClass: number, isRanked: boolean, spend: Spend): number {
    const { classes, a } = this.#program;
    const { places, isSearching, before } = this.#states[row / this.#width]!;
    const closure = this.#closure;
    const isEnd = unitClass === classes.count;
    const after = isEnd ? SIDE.nothing : sideOf(this.#program, unitClass);
    const holds = assertionsBetween(before, after);
    let isMatched = false;
    closure.clear();
    for (const place of isSearching ? [...places, 0] : places) {
      isMatched = closure.follow(place, 0, holds, isRanked) || isMatched;
      if (isMatched && isRanked) break;
    }
    spend(1 + closure.work / WORK_PER_STEP);
    closure.work = 0;
    const next = new Set<number>();
    for (let at = 0; at < closure.count && !isEnd; at++) {
      const pc = closure.reached[at]!;
      if (classes.isIn[a[pc]! * classes.count + unitClass]) next.add(pc + 1);
    }
    const goesOn = isSearching && !isMatched && !isEnd;
    const begun = this.#begun;
    const nextRow =
      next.size === 0 && !goesOn ? 0 : this.#rowOf({ places: [...next], isSearching: goesOn, before: after });
    const cell = nextRow * 2 + 1 + Number(isMatched);
    if (begun === this.#begun) this.#table[row + unitClass] = cell;
    return cell;
  }
}
