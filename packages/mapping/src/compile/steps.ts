import type { Evaluation } from '../run/evaluation.ts';
import type { Frame } from '../run/frame.ts';
import { asSequence } from '../run/sequence.ts';
import type { Sequence } from '../run.ts';
import type { AstNode } from './ast-node.ts';
import { filterCode } from './filter.ts';
import { type Field, fieldOf, fieldsOfList } from './names.ts';
import type { Place } from './place.ts';
import { sortCode } from './sort.ts';

/** Takes a list of context values to the next one; undefined where nothing is left. `isLast` is the path's last step. */
export type Step = (list: readonly unknown[], frame: Frame, run: Evaluation, isLast: boolean) => unknown[] | undefined;

/** Follows steps that bind nothing. With `endsPath`, the last of them is the path's last one. */
export function followCode(
  steps: readonly AstNode[],
  place: Place,
  endsPath: boolean,
): (input: unknown, frame: Frame, run: Evaluation) => unknown[] | undefined {
  const compiled = steps.map((step) => stepCode(step, place));
  const isAbsolute = steps[0]?.type === 'variable';
  const constructed = steps[0]?.consarray ? place.code(steps[0]) : undefined;
  const last = endsPath ? steps.length - 1 : steps.length;
  return (input, frame, run) => {
    let list: unknown[] | undefined = Array.isArray(input) && !isAbsolute ? input : [input];
    for (let at = 0; at < compiled.length; at++) {
      // An array constructor is evaluated once, not for each element of the context.
      if (at === 0 && constructed) list = constructed(list, frame, run) as unknown[];
      else list = (compiled[at] as Step)(list, frame, run, at === last);
      if (list === undefined || list.length === 0) break;
    }
    return list;
  };
}

/** A name and nothing else. */
export const isPlainName = ({ type, stages, predicate, group }: AstNode): boolean =>
  type === 'name' && !stages && !predicate && !group;

/** One field of each element of a list. */
export function eachOf(
  list: readonly unknown[],
  field: Field,
  run: Evaluation,
  isLast: boolean,
): unknown[] | undefined {
  run.spend(list.length);
  const results = new Results();
  for (let at = 0; at < list.length; at++) {
    const item = list[at];
    const value = Array.isArray(item) ? oneOf(fieldsOfList(item, field, run) as Sequence) : field(item);
    if (value !== undefined) results.add(value, run);
  }
  return results.list(isLast);
}

/** `collapsed` for a sequence just made. */
const oneOf = (list: Sequence): unknown => (list.length === 0 ? undefined : list.length === 1 ? list[0] : list);

function stepCode(step: AstNode, place: Place): Step {
  if (step.type === 'sort') {
    const sort = sortCode(step, place);
    const stages = (step.stages ?? []).map(({ expr }) => filterCode((list) => list, expr as AstNode, place));
    return (list, frame, run) => {
      let result: unknown = sort(list, frame, run);
      for (const stage of stages) result = stage(result, frame, run);
      return asList(result);
    };
  }
  if (isPlainName(step)) {
    const field = fieldOf(step.value as string);
    return (list, _frame, run, isLast) => eachOf(list, field, run, isLast);
  }
  let code = place.code(step);
  for (const { expr } of step.stages ?? []) code = filterCode(code, expr as AstNode, place);
  return (list, frame, run, isLast) => {
    const { length } = list;
    run.spend(length);
    if (length === 1) return resultOf(code(list[0], frame, run), isLast, run);
    const results = new Results();
    for (let at = 0; at < length; at++) {
      const { depth } = run;
      try {
        const value = code(list[at], frame, run);
        if (value !== undefined) results.add(value, run);
      } catch (thrown) {
        run.postpone(thrown, depth);
      }
    }
    if (run.isWaiting) run.settle();
    return results.list(isLast);
  };
}

/** A filter's result as the list that it stands for. */
const asList = (value: unknown): unknown[] | undefined =>
  value === undefined || Array.isArray(value) ? value : asSequence([value]);

/** What one step gave for its only context value, as a list. */
function resultOf(value: unknown, isLast: boolean, run: Evaluation): unknown[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return asSequence([value]);
  if ((value as Sequence).sequence === true) return value.length === 1 ? asSequence([value[0]]) : value;
  if (isLast) return value;
  if ((value as Sequence).cons) return asSequence([value]);
  if (value.length === 0) return undefined;
  run.checkSequence(value.length);
  return value;
}

/** Puts together what a step gives for each context value: arrays are taken apart, except for the only one of a last step. */
class Results {
  #first: unknown;
  #count = 0;
  #list: unknown[] | undefined;

  add(value: unknown, run: Evaluation): void {
    this.#count++;
    if (this.#count === 1) {
      this.#first = value;
      return;
    }
    this.#list ??= flattened([], this.#first, run);
    flattened(this.#list, value, run);
  }

  list(isLast: boolean): unknown[] | undefined {
    if (this.#list !== undefined) return asSequence(this.#list);
    if (this.#count === 0) return undefined;
    return resultOf(this.#first, isLast, ANY_LENGTH);
  }
}

const ANY_LENGTH = { checkSequence() {} } as unknown as Evaluation;

function flattened(list: unknown[], value: unknown, run: Evaluation): unknown[] {
  if (!Array.isArray(value) || (value as Sequence).cons) {
    list.push(value);
  } else {
    run.spend(value.length / 8);
    for (let at = 0; at < value.length; at++) list.push(value[at]);
  }
  run.checkSequence(list.length);
  return list;
}
