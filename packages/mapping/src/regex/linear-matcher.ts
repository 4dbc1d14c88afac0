import { BEYOND_HORIZON, GAVE_UP, LazyAutomaton } from './lazy-automaton.ts';
import { PikeMachine, type Spend } from './pike.ts';
import { compileProgram, compileReversed, type RegexProgram } from './regex-program.ts';
import { isAnchored, type RegexTree } from './regex-tree.ts';

export const UNDECIDED: unique symbol = Symbol('undecided');

/** Where a match and its groups begin and end, two by two; -1 for a group that took no part. */
export type Span = ArrayLike<number>;

/**
 * Finds what a backtracking matcher finds, in time linear in the text: an automaton tells the end, another one walks back to the beginning,
 * and a third pass between the two fills the groups. Throws `RegexTooLarge` when it is made.
 */
export class LinearMatcher {
  readonly #isAnchored: boolean;
  readonly #forward: LazyAutomaton;
  readonly #backward: LazyAutomaton;
  readonly #program: RegexProgram;
  /** Seldom needed, and large. */
  #machine: PikeMachine | undefined;

  constructor({ root, groupCount }: RegexTree) {
    const program = compileProgram(root, groupCount);
    this.#isAnchored = isAnchored(root);
    this.#forward = new LazyAutomaton(program);
    this.#backward = new LazyAutomaton(compileReversed(root));
    this.#program = program;
  }

  /**
   * The first match at or after `from`; without its groups where they take a pass of their own. `UNDECIDED` where more than the `horizon`
   * has to be read to know.
   */
  find(text: string, from: number, spend: Spend, horizon = Infinity): Span | typeof UNDECIDED | undefined {
    const end = this.#forward.endOfMatch(text, from, this.#isAnchored, spend, horizon);
    if (end === -1) return undefined;
    if (end === BEYOND_HORIZON) return UNDECIDED;
    if (end === GAVE_UP) return this.#pike().search(text, from, spend);
    const start = this.#isAnchored ? from : this.#backward.startOfMatch(text, end, from, spend);
    return start === GAVE_UP ? this.#pike().search(text, from, spend) : [start, end];
  }

  /** A match found, with its groups. */
  groups(text: string, start: number, end: number, spend: Spend): Span {
    return this.#pike().groups(text, start, end, spend) ?? [start, end];
  }

  #pike(): PikeMachine {
    this.#machine ??= new PikeMachine(this.#program);
    return this.#machine;
  }
}
