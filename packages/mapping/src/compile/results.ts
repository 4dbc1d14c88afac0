import type { Code } from '../run/code.ts';
import type { AstNode, Pair } from './ast-node.ts';
import { blockCode } from './blocks.ts';
import { conditionCode } from './logic.ts';
import { fieldsCode, literalKeys } from './objects.ts';
import { pathResult } from './path.ts';
import type { Place } from './place.ts';
import { followCode } from './steps.ts';

/**
 * Code that gives a node's value as plain JSON that shares nothing. Objects made in place for the result alone need no copy: only what they
 * hold does.
 */
export function resultCode(node: AstNode, place: Place): Code {
  const code =
    place.unit.isCounted || node.predicate || node.group || node.keepArray ? undefined : madeCode(node, place);
  if (code) return code;
  const value = place.program.compile(node, place);
  return (input, frame, run) => run.copier.copy(value(input, frame, run));
}

function madeCode(node: AstNode, place: Place): Code | undefined {
  switch (node.type) {
    case 'unary':
      return node.value === '{' ? objectResult(node, place) : undefined;
    case 'path':
      return pathOfResults(node, place);
    case 'block':
      return blockCode(node, place, (last, scope) => place.result(last, scope));
    case 'condition':
      return conditionCode(node, place, (branch) => place.result(branch));
    default:
      return undefined;
  }
}

function objectResult(node: AstNode, place: Place): Code | undefined {
  const keys = literalKeys(node);
  if (keys === undefined) return undefined;
  const values = (node.lhs as readonly Pair[]).map(([, value]) => place.result(value));
  const build = fieldsCode(keys, node, values, place);
  // Of a list it makes groups.
  const whole = place.program.compile(node, place);
  const size = keys.reduce((sum, key) => sum + key.length + 4, 4);
  return (input, frame, run) => {
    if (Array.isArray(input)) return run.copier.copy(whole(input, frame, run));
    run.copier.take(size);
    return build(input, frame, run);
  };
}

/** A path that makes objects at its end. */
function pathOfResults(node: AstNode, place: Place): Code | undefined {
  const steps = node.steps as readonly AstNode[];
  const last = steps.at(-1) as AstNode;
  if (node.keepSingletonArray || steps.length < 2 || steps.some(({ tuple }) => tuple)) return undefined;
  if (last.type !== 'unary' || last.value !== '{' || last.stages || last.predicate || last.group) return undefined;
  if (literalKeys(last) === undefined) return undefined;
  const follow = followCode(steps, place, true, place.result(last));
  return (input, frame, run) => {
    const found = pathResult(follow(input, frame, run));
    if (!Array.isArray(found)) return found;
    run.copier.take(4 + found.length);
    return found.slice();
  };
}
