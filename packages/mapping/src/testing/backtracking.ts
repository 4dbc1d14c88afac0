import { includesUnit, LINE_ENDS, WORD_UNITS } from '../regex/char-set.ts';
import type { Assertion, RegexNode, RepeatNode } from '../regex/regex-tree.ts';

type Then = (position: number) => boolean;

/** Thrown as the steps go over what they may be. */
export class TooManySteps extends Error {}

/**
 * Counts what a matcher does that searches a text as ECMA-262 describes it: one step for each unit, choice, turn and assertion that is tried. Throws
 * `TooManySteps` over `most`.
 */
export function backtrackingSteps(root: RegexNode, text: string, most: number): number {
  let steps = 0;
  for (let from = 0; from <= text.length; from++) if (match(root, from, true, () => true)) break;
  return steps;

  function match(node: RegexNode, at: number, isAhead: boolean, then: Then): boolean {
    if (node.type !== 'concat' && node.type !== 'group') steps += 1;
    if (steps > most) throw new TooManySteps(`more than ${most} steps`);
    switch (node.type) {
      case 'set': {
        const taken = isAhead ? at : at - 1;
        const isThere = taken >= 0 && taken < text.length && includesUnit(node.set, text.charCodeAt(taken));
        return isThere && then(isAhead ? at + 1 : at - 1);
      }
      case 'concat': {
        const parts = isAhead ? node.parts : node.parts.toReversed();
        const rest = (index: number, position: number): boolean =>
          index === parts.length
            ? then(position)
            : match(parts[index]!, position, isAhead, (next) => rest(index + 1, next));
        return rest(0, at);
      }
      case 'choice':
        return node.options.some((option) => match(option, at, isAhead, then));
      case 'group':
        return match(node.body, at, isAhead, then);
      case 'repeat':
        return repeat(node, node.min, node.max, at, isAhead, then);
      case 'assert':
        return holds(text, node.what, at) && then(at);
      case 'look':
        return match(node.body, at, node.isAhead, () => true) !== node.isNegative && then(at);
      case 'backreference':
        throw new TypeError('back-references are not counted');
    }
  }

  function repeat(node: RepeatNode, min: number, max: number, at: number, isAhead: boolean, then: Then): boolean {
    if (max === 0) return then(at);
    const again = () =>
      match(node.body, at, isAhead, (next) =>
        min === 0 && next === at ? false : repeat(node, Math.max(0, min - 1), max - 1, next, isAhead, then),
      );
    if (min > 0) return again();
    return node.isGreedy ? again() || then(at) : then(at) || again();
  }
}

function holds(text: string, what: Assertion, at: number): boolean {
  const isIn = (set: readonly number[], index: number) =>
    text[index] !== undefined && includesUnit(set, text.charCodeAt(index));
  const isEdge = isIn(WORD_UNITS, at - 1) !== isIn(WORD_UNITS, at);
  if (what === 'word' || what === 'notWord') return isEdge === (what === 'word');
  if (what === 'start' || what === 'lineStart') return at === 0 || (what === 'lineStart' && isIn(LINE_ENDS, at - 1));
  return at === text.length || (what === 'lineEnd' && isIn(LINE_ENDS, at));
}
