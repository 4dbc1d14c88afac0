import type { Code } from '../run/code.ts';
import { FunctionArgument, Lambda, NativeValue, OPEN, PartialFunction } from '../run/function-value.ts';
import type { AstNode } from './ast-node.ts';
import { nameOf } from './calls.ts';
import type { Place } from './place.ts';
import { lookupCode } from './variables.ts';

/** `f(?, b)`: a function of what is left open. */
export function partialCode(node: AstNode, place: Place): Code {
  const procedure = node.procedure as AstNode;
  const token = nameOf(procedure);
  const args = (node.arguments as readonly AstNode[]).map((arg) =>
    arg.type === 'operator' && arg.value === '?' ? undefined : place.code(arg),
  );
  const callee = place.code(procedure);
  const hint = procedure.type === 'path' && typeof token === 'string' ? lookupCode(token, place) : undefined;
  return (input, frame, run) => {
    const given = args.map((arg) => (arg === undefined ? OPEN : arg(input, frame, run)));
    const fn = callee(input, frame, run);
    if (fn === undefined && hint?.(input, frame, run)) throw { code: 'T1007', position: node.position, token };
    const arity = paramsOf(fn, node, token);
    return new PartialFunction(
      fn,
      Array.from({ length: arity }, (_, at) => given[at]),
      frame,
    );
  };
}

/** How many parameters there are to give. Throws `T1008` for what is no function, and what the reference stumbles over. */
function paramsOf(fn: unknown, node: AstNode, token: unknown): number {
  if (fn instanceof Lambda) return fn.fnCode.params.length;
  if (fn instanceof PartialFunction) return fn.fnGiven.filter((given) => given === OPEN).length;
  if (fn instanceof NativeValue) {
    // It writes a function with the same parameters and parses that; defaults and rest parameters are no JSONata.
    if (fn.fnNative.name === 'string') throw { code: 'S0208', position: 26, token: '=', value: 2 };
    return Math.max(1, fn.fnNative.params.length);
  }
  if (fn instanceof FunctionArgument) throw { code: 'S0202', position: 12, token: '..', value: ')' };
  if (typeof fn === 'function') return Math.max(1, fn.length);
  throw { code: 'T1008', position: node.position, token };
}
