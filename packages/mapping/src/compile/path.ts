import type { Code } from '../run/code.ts';
import type { Frame } from '../run/frame.ts';
import { asSequence, isSequence } from '../run/sequence.ts';
import type { Sequence } from '../run.ts';
import type { AstNode } from './ast-node.ts';
import { groupCode, listOf } from './groups.ts';
import { fieldCode } from './names.ts';
import type { Place } from './place.ts';
import { eachOf, type Found, followCode, isPlainName } from './steps.ts';
import { tuplePathCode } from './tuple-path.ts';

/** `a.b.c`: each step evaluated on all that the one before found. */
export function pathCode(node: AstNode, place: Place): Code {
  const steps = node.steps as readonly AstNode[];
  if (steps.some(({ tuple }) => tuple)) return tuplePathCode(node, place);
  const keeps = node.keepSingletonArray === true || node.keepArray === true;
  if (!keeps && !node.group && steps.every(isPlainName))
    return fieldPathCode(steps.map(({ value }) => value as string));
  const follow = followCode(steps, place, true);
  if (node.group) {
    const group = groupCode(node.group, place);
    return (input, frame, run) => group(listOf(follow(input, frame, run)), frame, run);
  }
  if (keeps) return (input, frame, run) => keptPath(follow(input, frame, run), node);
  return (input, frame, run) => pathResult(follow(input, frame, run));
}

/** What a path found as the value that it stands for. */
export function pathResult(found: Found): unknown {
  if (!isSequence(found)) return found;
  return found.length === 0 ? undefined : found.length === 1 ? found[0] : found;
}

/** The same behind `[]`: one value found stays a list, an array constructed in place too. */
function keptPath(found: Found, { keepSingletonArray }: AstNode): unknown {
  if (found === undefined) return undefined;
  if (!Array.isArray(found)) return keptList([found]);
  const { sequence, cons, length } = found as Sequence;
  if (!sequence) return keepSingletonArray && cons ? keptList([found]) : found;
  if (length === 0) return undefined;
  return keptList(Object.isFrozen(found) ? found.slice() : found);
}

const keptList = (list: unknown[]): Sequence => Object.assign(asSequence(list), { keepSingleton: true });

/** A path of names alone, through objects without making a list. */
function fieldPathCode(names: readonly string[]): Code {
  const fields = names.map((name) => fieldCode(name));
  const last = fields.length - 1;
  const [first] = fields;
  if (last === 0 && first) {
    return (input, frame, run) => {
      if (Array.isArray(input)) return onList(fields, input, 0, frame, run);
      const value = first(input, frame, run);
      return typeof value === 'object' ? pathResult(value) : value;
    };
  }
  return (input, frame, run) => {
    let value: unknown = input;
    for (let at = 0; at <= last; at++) {
      if (Array.isArray(value)) {
        return onList(fields, (value as Sequence).cons && at > 0 ? [value] : value, at, frame, run);
      }
      value = (fields[at] as Code)(value, frame, run);
      if (value === undefined) return undefined;
    }
    return typeof value === 'object' ? pathResult(value) : value;
  };
}

type Runner = Parameters<Code>[2];

/** The rest of the names, once there is a list. */
function onList(fields: readonly Code[], list: readonly unknown[], from: number, frame: Frame, run: Runner): unknown {
  let found: Found = list;
  for (let at = from; at < fields.length; at++) {
    const field = fields[at] as Code;
    const isLast = at === fields.length - 1;
    if (!Array.isArray(found)) found = field(found, frame, run);
    else if (found.length === 0) return undefined;
    else found = eachOf(field, found, frame, run, isLast);
    if (found === undefined) return undefined;
    if (Array.isArray(found) && (found as Sequence).cons && !(found as Sequence).sequence && !isLast) found = [found];
  }
  return pathResult(found);
}
