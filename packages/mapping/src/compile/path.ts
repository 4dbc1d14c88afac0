import type { Code } from '../run/code.ts';
import type { Evaluation } from '../run/evaluation.ts';
import { asSequence, isSequence } from '../run/sequence.ts';
import type { Sequence } from '../run.ts';
import type { AstNode } from './ast-node.ts';
import { groupCode } from './groups.ts';
import { type Field, fieldOf } from './names.ts';
import type { Place } from './place.ts';
import { eachOf, followCode, isPlainName } from './steps.ts';
import { tuplePathCode } from './tuple-path.ts';

/** `a.b.c`: each step evaluated on all that the one before found. */
export function pathCode(node: AstNode, place: Place): Code {
  const steps = node.steps as readonly AstNode[];
  if (steps.some(({ tuple }) => tuple)) return tuplePathCode(node, place);
  const keeps = node.keepSingletonArray === true || node.keepArray === true;
  const plain = !keeps && !node.group;
  if (plain && steps.every(isPlainName)) return fieldPathCode(steps.map(({ value }) => value as string));
  const follow = followCode(steps, place, true);
  if (node.group) {
    const group = groupCode(node.group, place);
    return (input, frame, run) => {
      const found = follow(input, frame, run);
      const list = found === undefined || found.length === 0 ? [undefined] : keeps ? keptPath(found, node) : found;
      return group(list as unknown[], frame, run);
    };
  }
  if (keeps) {
    return (input, frame, run) => {
      const found = follow(input, frame, run);
      return found === undefined ? undefined : keptPath(found, node);
    };
  }
  return (input, frame, run) => pathResult(follow(input, frame, run));
}

/** A path's list as the value that it stands for. */
function pathResult(list: unknown[] | undefined): unknown {
  if (list === undefined || (list as Sequence).sequence !== true) return list;
  if (list.length === 0) return undefined;
  return list.length === 1 ? list[0] : list;
}

/** The same behind `[]`: one value found stays a list, of an array constructed in place too. */
function keptPath(list: unknown[], { keepSingletonArray }: AstNode): unknown {
  if (!isSequence(list)) {
    if (!keepSingletonArray || !(list as Sequence).cons) return list;
    return Object.assign(asSequence([list]), { keepSingleton: true });
  }
  if (list.length === 0) return undefined;
  list.keepSingleton = true;
  return list;
}

/** A path of names alone, through objects without making a list. */
function fieldPathCode(names: readonly string[]): Code {
  const fields = names.map(fieldOf);
  const count = fields.length;
  const [first] = fields;
  const onLists = (list: readonly unknown[], from: number, run: Evaluation): unknown => {
    if (list.length === 0) return undefined;
    let found: unknown[] | undefined = list as unknown[];
    for (let at = from; at < count && found !== undefined && found.length > 0; at++) {
      found = eachOf(found, fields[at] as Field, run, at === count - 1);
    }
    return pathResult(found);
  };
  if (count === 1 && first) {
    return (input, _frame, run) => {
      if (Array.isArray(input)) return onLists(input, 0, run);
      const value = first(input);
      return typeof value === 'object' && isSequence(value) ? singled(value) : value;
    };
  }
  return (input, _frame, run) => {
    let value: unknown = input;
    for (let at = 0; at < count; at++) {
      if (Array.isArray(value)) {
        return onLists((value as Sequence).cons && at > 0 ? [value] : value, at, run);
      }
      value = (fields[at] as Field)(value);
      if (value === undefined) return undefined;
    }
    return typeof value === 'object' && isSequence(value) ? singled(value) : value;
  };
}

/** A sequence that was kept in a field; it loses what `[]` gave it. */
const singled = (list: Sequence): unknown => (list.length === 0 ? undefined : list.length === 1 ? list[0] : list);
