import type { Code } from '../run/code.ts';
import type { Evaluation } from '../run/evaluation.ts';
import type { Frame } from '../run/frame.ts';
import { asSequence, EMPTY_SEQUENCE } from '../run/sequence.ts';
import { countTurn } from '../run/stride.ts';
import type { Run, Sequence } from '../run.ts';
import type { AstNode } from './ast-node.ts';
import { filterCode } from './filter.ts';
import { fieldCode } from './names.ts';
import type { Place } from './place.ts';
import { sortCode } from './sort.ts';

/**
 * What a path has found before it collapses: undefined for nothing, a list, or a value that is no array and stands for the sequence of it alone.
 */
export type Found = unknown;

/** How a step takes one context value, and how a list of them. `isLast` is the path's last step. */
interface Step {
  readonly one: Code;
  readonly each: (list: readonly unknown[], frame: Frame, run: Evaluation, isLast: boolean) => Found;
  /** What it gives may be a list of the input: where that is empty, the path ends with it and not with nothing. */
  readonly givesLists?: boolean;
}

/**
 * Follows steps that bind nothing. With `endsPath`, the last of them is the path's last one. `last` stands in for the code of the last step.
 */
export function followCode(steps: readonly AstNode[], place: Place, endsPath: boolean, last?: Code): Code {
  const compiled = steps.map((step, at) => stepCode(step, place, at === steps.length - 1 ? last : undefined));
  const isAbsolute = steps[0]?.type === 'variable';
  const constructed = steps[0]?.consarray ? place.code(steps[0]) : undefined;
  const end = endsPath ? steps.length - 1 : steps.length;
  return (input, frame, run) => {
    let found: Found = input;
    // An array that is one context value, as against a list of them.
    let isOne = !Array.isArray(input) || isAbsolute;
    let at = 0;
    if (constructed) {
      // An array constructor is evaluated once, not for each element of the context.
      const value = constructed(isOne ? [input] : input, frame, run);
      // An empty text has no elements to go on with, and is itself the end.
      if (value === '') return value;
      found = constructedList(value);
      isOne = false;
      if (found === undefined || (found as unknown[]).length === 0) return found;
      at = 1;
    }
    for (; at < compiled.length; at++) {
      const { one, each, givesLists } = compiled[at] as Step;
      if (isOne) found = one(found, frame, run);
      else found = each(found as unknown[], frame, run, at === end);
      if (found === undefined) return undefined;
      isOne = !Array.isArray(found);
      if (isOne || at === end) continue;
      const list = found as Sequence;
      // Constructed in place, also an empty one is one value.
      if (list.cons && !list.sequence) isOne = true;
      else if (list.length === 0) return givesLists && !list.sequence ? list : undefined;
    }
    return found;
  };
}

/** What a path goes through that begins with an array constructor. Filters behind that may leave one value, of which a text has elements too. */
export function constructedList(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? value.split('') : undefined;
}

/** A name and nothing else. */
export const isPlainName = ({ type, stages, predicate, group, keepArray }: AstNode): boolean =>
  type === 'name' && !stages && !predicate && !group && !keepArray;

function stepCode(step: AstNode, place: Place, instead: Code | undefined): Step {
  if (step.type === 'sort') return sortStep(step, place);
  if (isPlainName(step)) {
    const one = fieldCode(step.value as string);
    return { one, each: (list, frame, run, isLast) => eachOf(one, list, frame, run, isLast) };
  }
  let code = instead ?? place.code(step);
  for (const { expr } of step.stages ?? []) code = filterCode(code, expr as AstNode, place);
  return { one: code, each: (list, frame, run, isLast) => eachOf(code, list, frame, run, isLast) };
}

function sortStep(step: AstNode, place: Place): Step {
  const sort = sortCode(step, place);
  const stages = (step.stages ?? []).map(({ expr }) => filterCode((list) => list, expr as AstNode, place));
  const each: Step['each'] = (list, frame, run) => {
    let found: Found = sort(list, frame, run);
    for (const stage of stages) found = stage(found, frame, run);
    return found;
  };
  return { one: (value, frame, run) => each([value], frame, run, false), each, givesLists: stages.length > 0 };
}

/** Puts together what a step gives for each context value: arrays are taken apart, except for the only one of a last step. */
export function eachOf(code: Code, list: readonly unknown[], frame: Frame, run: Evaluation, isLast: boolean): Found {
  const { length } = list;
  const results: unknown[] = [];
  let only: unknown[] | undefined;
  let count = 0;
  for (let at = 0; at < length; at++) {
    countTurn(run, at, length);
    const { depth } = run;
    let value: unknown;
    try {
      value = code(list[at], frame, run);
    } catch (thrown) {
      run.postpone(thrown, depth);
      continue;
    }
    if (value === undefined) continue;
    count++;
    if (!Array.isArray(value)) {
      if (only !== undefined) only = takenApart(only, results, run);
      results.push(value);
    } else if (count === 1) {
      only = value;
    } else {
      if (only !== undefined) only = takenApart(only, results, run);
      takenApart(value, results, run);
    }
  }
  if (run.isWaiting) run.settle();
  if (only !== undefined) return onlyFound(only, isLast);
  if (count === 0) return undefined;
  if (count === 1) return results[0];
  run.checkSequence(results.length);
  return results.length === 0 ? EMPTY_SEQUENCE : asSequence(results);
}

/** The array that was all that was found. */
function onlyFound(list: unknown[], isLast: boolean): Found {
  if ((list as Sequence).sequence === true || isLast || !(list as Sequence).cons) return list;
  return asSequence([list]);
}

/** Puts an array's elements behind what was found already, or the array itself where it was constructed in place. */
function takenApart(list: unknown[], results: unknown[], run: Run): undefined {
  if ((list as Sequence).cons && !(list as Sequence).sequence) {
    results.push(list);
    return;
  }
  run.spend(list.length / 8);
  run.checkSequence(results.length + list.length);
  for (let at = 0; at < list.length; at++) results.push(list[at]);
}
