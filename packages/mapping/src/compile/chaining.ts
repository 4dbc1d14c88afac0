import { applyIn } from '../run/apply.ts';
import type { Code } from '../run/code.ts';
import { isFunctionValue } from '../run/function-value.ts';
import type { AstNode } from './ast-node.ts';
import { callCode } from './calls.ts';
import type { Place } from './place.ts';

/** `value ~> f`, `value ~> f(args)` and `f ~> g`. */
export function chainingCode(node: AstNode, place: Place): Code {
  const lhs = place.code(node.lhs as AstNode);
  const rhs = node.rhs as AstNode;
  if (rhs.type === 'function') return callCode(rhs, place, lhs);
  const callee = place.code(rhs);
  const { depth, program } = place;
  return (input, frame, run) => {
    const value = lhs(input, frame, run);
    const fn = callee(input, frame, run);
    if (!isFunctionValue(fn)) throw { code: 'T2006', position: node.position, value: fn };
    run.depth += depth;
    const result = isFunctionValue(value)
      ? applyIn(run, program.chain(null, frame, run), [value, fn], null, frame)
      : applyIn(run, fn, [value], null, frame);
    run.depth -= depth;
    return result;
  };
}
