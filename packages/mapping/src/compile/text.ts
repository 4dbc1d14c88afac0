import { textOf } from '../functions/conversion.ts';
import type { Code } from '../run/code.ts';
import type { AstNode } from './ast-node.ts';
import { placed } from './operator-error.ts';
import type { Place } from './place.ts';

/** `&`: both sides as strings, one behind the other. */
export function concatenationCode(node: AstNode, place: Place): Code {
  const lhs = place.code(node.lhs as AstNode);
  const rhs = place.code(node.rhs as AstNode);
  return (input, frame, run) => {
    const left = lhs(input, frame, run);
    const right = rhs(input, frame, run);
    let a: string;
    let b: string;
    try {
      a = typeof left === 'string' ? left : (textOf(run, left) ?? '');
      b = typeof right === 'string' ? right : (textOf(run, right) ?? '');
    } catch (thrown) {
      throw placed(thrown, node);
    }
    // Nothing is copied yet: whoever walks the string checks its length.
    return a + b;
  };
}
