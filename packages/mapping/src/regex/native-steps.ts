import {
  ALL_UNITS,
  areDisjoint,
  type CharSet,
  EMPTY_SET,
  END_OF_TEXT,
  intersectionOf,
  LINE_ENDS,
  unionOf,
} from './char-set.ts';
import { loopUnits, unitsOutsideLoops } from './loop-units.ts';
import { isAnchored, isNullable, type RegexNode, type RegexTree, type RepeatNode } from './regex-tree.ts';
import {
  EACH_UNIT,
  highest,
  NO_STEPS,
  ONE_STEP,
  type StepBound,
  stepsFor,
  sum,
  times,
  UNBOUNDED,
} from './step-bound.ts';

/** Parts looked at; a pattern that asks for more has no bound. */
const MAX_WORK = 5000;

/**
 * A part of a pattern together with all that follows it, as a backtracking matcher meets it at one position of a text. It holds for such
 * a matcher whatever the text: the proof goes along with the rules below.
 */
interface Rest {
  /** Steps until it has matched or failed. */
  readonly steps: StepBound;
  /** The same for when it fails. */
  readonly fail: StepBound;
  /** The same for when the next unit is not in `first`. */
  readonly head: StepBound;
  /** Where the next unit, or the end of the text, is not in here, it fails within `head`. */
  readonly first: CharSet;
  /** It cannot fail, so that nothing before it is tried another way. */
  readonly isSure: boolean;
  /** How often the end of the loop's turn around it is reached with a next unit that may go on. */
  readonly entries: number;
}

const END: CharSet = [END_OF_TEXT, END_OF_TEXT];
const MATCHED: Rest = {
  steps: NO_STEPS,
  fail: NO_STEPS,
  head: NO_STEPS,
  first: unionOf([ALL_UNITS, END]),
  isSure: true,
  entries: 0,
};
const TURN_ENDED: Rest = { ...MATCHED, head: ONE_STEP, isSure: false, entries: 1 };
const NO_BOUND: Rest = { ...MATCHED, steps: UNBOUNDED, fail: UNBOUNDED, head: UNBOUNDED, isSure: false };

/** How many steps the native matcher takes at most. */
export interface NativeSteps {
  /** To search a text, by its length. */
  readonly search: StepBound;
  /** A match begins where a line does; everywhere else it fails at once. */
  readonly isPerLine: boolean;
  /** To fail from one place, by the length of the longest run of `runUnits` in the text, and one more. */
  readonly miss: StepBound;
  /** The same to match from one place. */
  readonly hit: StepBound;
  /** What loops take: none goes on longer than such units stand in a row. */
  readonly runUnits: CharSet;
}

/** Of patterns about which nothing is known. */
export const NO_NATIVE_BOUND: NativeSteps = {
  search: UNBOUNDED,
  isPerLine: false,
  miss: UNBOUNDED,
  hit: UNBOUNDED,
  runUnits: ALL_UNITS,
};

export function nativeSteps({ root, isIrregular }: RegexTree): NativeSteps {
  const { steps, fail, first } = new Analysis().before(root, MATCHED, false);
  const runUnits = loopUnits(root);
  const isPerLine = isAnchored(root, 'lineStart');
  const bounds = { isPerLine, miss: fail, hit: steps, runUnits };
  // Elsewhere than at its beginning, the text is given up at once.
  if (isAnchored(root)) return { ...bounds, search: sum(steps, EACH_UNIT, ONE_STEP), miss: ONE_STEP };
  const isApart = !isIrregular && !isNullable(root) && areDisjoint(runUnits, first);
  if (!isApart) return { search: sum(times(sum(EACH_UNIT, ONE_STEP), fail), steps), ...bounds };
  // A match begins with a unit that no loop takes, so each unit is looked at from no more beginnings than units stand outside of loops.
  const [fixed = 0, ...growing] = fail;
  const overlaps = unitsOutsideLoops(root) + 1;
  return { search: sum([fixed, fixed], [0, ...growing.map((factor) => factor * overlaps)], steps), ...bounds };
}

class Analysis {
  #work = 0;

  /** `isBackward` inside a look-behind, which is matched from its end. */
  before(node: RegexNode, rest: Rest, isBackward: boolean): Rest {
    this.#work += 1;
    if (this.#work > MAX_WORK || stepsFor(rest.steps, 1) === Infinity) return NO_BOUND;
    // What cannot fail is entered once.
    if (rest.isSure && rest !== MATCHED) {
      const alone = this.before(node, MATCHED, isBackward);
      return { ...alone, steps: sum(alone.steps, rest.steps) };
    }
    switch (node.type) {
      case 'set':
        return unit(node.set, rest);
      case 'concat': {
        const parts = isBackward ? node.parts : node.parts.toReversed();
        return parts.reduce((after, part) => this.before(part, after, isBackward), rest);
      }
      case 'choice':
        // Comparing what the options may begin with takes time, too.
        this.#work += node.options.length ** 2 / 50;
        return node.options.map((option) => this.before(option, rest, isBackward)).reduceRight((b, a) => either(a, b));
      case 'group':
        return this.before(node.body, rest, isBackward);
      case 'repeat':
        return this.#repeat(node, rest, isBackward);
      case 'assert':
        return { ...after(rest, ONE_STEP), first: isBackward ? rest.first : firstAfter(node.what, rest) };
      case 'look':
        return after(rest, sum(this.before(node.body, MATCHED, !node.isAhead).steps, ONE_STEP));
      case 'backreference':
        return { ...after(rest, sum(EACH_UNIT, ONE_STEP)), first: MATCHED.first };
    }
  }

  #repeat(repeat: RepeatNode, rest: Rest, isBackward: boolean): Rest {
    const { body, min, max } = repeat;
    const set = singleSet(body);
    if (set) {
      const open = max === min ? rest : unitLoop(set, max - min, rest);
      return min === 0 ? open : { ...unit(set, after(open, [min])), head: ONE_STEP };
    }
    let all = max === Infinity ? this.#loop(body, rest, isBackward) : rest;
    for (let turn = max === Infinity ? min : max; turn > 0; turn--) {
      const turned = this.before(body, all, isBackward);
      if (turned === NO_BOUND) return NO_BOUND;
      all = turn <= min ? turned : repeat.isGreedy ? either(turned, rest) : either(rest, turned);
    }
    return all;
  }

  /** Any number of turns. Only where a turn that begins at one place can end at one place alone is the number of ways bounded. */
  #loop(body: RegexNode, rest: Rest, isBackward: boolean): Rest {
    const own = this.before(body, { ...TURN_ENDED, first: EMPTY_SET }, isBackward);
    const first = unionOf([own.first, rest.first]);
    const head = sum(own.head, rest.head, ONE_STEP);
    if (rest.isSure && !isNullable(body)) {
      const turn = this.before(body, MATCHED, isBackward);
      const steps = sum(times(sum(EACH_UNIT, ONE_STEP), sum(turn.steps, turn.fail, ONE_STEP)), rest.steps);
      return { ...MATCHED, steps, head, first };
    }
    const turn = this.before(body, { ...TURN_ENDED, first }, isBackward);
    if (turn.entries > 1) return NO_BOUND;
    const isApart = !isNullable(body) && areDisjoint(own.first, rest.first);
    const turns = times(sum(EACH_UNIT, ONE_STEP), sum(turn.steps, ONE_STEP));
    return { ...afterLoop(rest, turns, isApart, Infinity), head, first };
  }
}

function unit(set: CharSet, rest: Rest): Rest {
  return { ...after(rest, ONE_STEP), head: ONE_STEP, first: set };
}

/** `rest` after something of known cost that leaves one way. */
function after(rest: Rest, cost: StepBound): Rest {
  return {
    ...rest,
    steps: sum(rest.steps, cost),
    fail: sum(rest.fail, cost),
    head: sum(rest.head, cost),
    isSure: false,
  };
}

/** A loop over single units: all its ends lie side by side. */
function unitLoop(set: CharSet, most: number, rest: Rest): Rest {
  const first = unionOf([set, rest.first]);
  const turns = most === Infinity ? sum(EACH_UNIT, ONE_STEP) : [most + 1];
  const head = sum(rest.head, ONE_STEP);
  if (rest.isSure) return { ...rest, steps: sum(rest.steps, turns), head, first };
  return { ...afterLoop(rest, turns, areDisjoint(set, rest.first), most), head, first };
}

/** `isApart`: at each end but the last, the next unit is one of the loop's own, with which `rest` fails at once. */
function afterLoop(rest: Rest, turns: StepBound, isApart: boolean, most: number): Rest {
  const ends = most === Infinity ? sum(EACH_UNIT, ONE_STEP) : [most + 1];
  const wrong = times(ends, isApart ? sum(rest.head, ONE_STEP) : sum(rest.fail, ONE_STEP));
  const last = isApart ? rest.fail : NO_STEPS;
  const entries = isApart || rest.entries === 0 ? rest.entries : rest.entries * (most + 1);
  return {
    ...rest,
    steps: sum(turns, wrong, rest.steps),
    fail: rest.isSure ? NO_STEPS : sum(turns, wrong, last),
    entries,
  };
}

function either(one: Rest, other: Rest): Rest {
  if (one.isSure) return { ...one, steps: sum(one.steps, ONE_STEP), head: sum(one.head, ONE_STEP) };
  const heads = sum(one.head, other.head, ONE_STEP);
  const isApart = areDisjoint(one.first, other.first);
  const join = isApart ? highest : sum;
  const fail = other.isSure ? NO_STEPS : sum(join(one.fail, other.fail), heads);
  return {
    steps: sum(other.isSure ? sum(one.fail, other.steps, one.steps) : join(one.steps, other.steps), heads),
    fail,
    head: heads,
    first: unionOf([one.first, other.first]),
    isSure: other.isSure,
    entries: isApart ? Math.max(one.entries, other.entries) : one.entries + other.entries,
  };
}

function firstAfter(what: (RegexNode & { type: 'assert' })['what'], rest: Rest): CharSet {
  if (what === 'end') return intersectionOf(END, rest.first);
  return what === 'lineEnd' ? intersectionOf(unionOf([LINE_ENDS, END]), rest.first) : rest.first;
}

function singleSet(node: RegexNode): CharSet | undefined {
  if (node.type === 'group') return singleSet(node.body);
  return node.type === 'set' ? node.set : undefined;
}
