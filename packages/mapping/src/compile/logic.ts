import { truthOf } from '../functions/truth.ts';
import type { Code } from '../run/code.ts';
import type { AstNode } from './ast-node.ts';
import { placed } from './operator-error.ts';
import type { Place } from './place.ts';

/** `and` and `or`: the right side is evaluated only where it decides. */
export function logicCode(node: AstNode, place: Place): Code {
  const lhs = place.code(node.lhs as AstNode);
  const rhs = place.code(node.rhs as AstNode);
  const decides = node.value === 'or';
  return (input, frame, run) => {
    const left = lhs(input, frame, run);
    try {
      if ((left === true || (left !== false && truthOf(run, left) === true)) === decides) return decides;
      const right = rhs(input, frame, run);
      return right === true || (right !== false && truthOf(run, right) === true);
    } catch (thrown) {
      // The reference says so of everything that fails on the right.
      throw placed(thrown, node);
    }
  };
}

/** `a ? b : c`, and what the parser makes of `?:` and `??`. */
export function conditionCode(
  node: AstNode,
  place: Place,
  compileBranch = (branch: AstNode): Code => place.code(branch),
): Code {
  const condition = place.code(node.condition as AstNode);
  const yes = compileBranch(node.then as AstNode);
  const no = node.else === undefined ? undefined : compileBranch(node.else);
  return (input, frame, run) => {
    const value = condition(input, frame, run);
    if (value === true || (value !== false && truthOf(run, value))) return yes(input, frame, run);
    return no?.(input, frame, run);
  };
}
