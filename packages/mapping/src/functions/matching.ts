import { isFunctionValue } from '../run/function-value.ts';
import type { JsonataError, Run } from '../run.ts';

/** What a matcher gives: a regular expression, or a function of the author's with that shape. */
export interface Match {
  readonly match: string;
  readonly start: number;
  readonly end: number;
  readonly groups: readonly string[];
  /** Finds the match behind this one. */
  readonly next: unknown;
}

/** The first match, or undefined. Throws `T1010` when what the matcher gives is none. */
export function firstMatch(run: Run, matcher: unknown, text: string): Match | undefined {
  return checkedMatch(run.apply(matcher, [text]));
}

/** The match behind `match`, or undefined. */
export function matchAfter(run: Run, match: Match): Match | undefined {
  run.spend(1);
  if (!isFunctionValue(match.next)) throw new TypeError('the match before has no function for the next one');
  return checkedMatch(run.apply(match.next, [undefined]));
}

function checkedMatch(found: unknown): Match | undefined {
  if (!found) return found as Match | undefined;
  const { start, end, groups, next } = found as Record<string, unknown>;
  // The end counts when it is the very word: that is how the reference has it.
  if (typeof start === 'number' || end === 'number' || Array.isArray(groups) || isFunctionValue(next)) {
    return found as Match;
  }
  throw { code: 'T1010' } satisfies JsonataError;
}
