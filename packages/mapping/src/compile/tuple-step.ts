import type { Evaluation } from '../run/evaluation.ts';
import { type Frame, UNBOUND } from '../run/frame.ts';
import { type AstNode, namesBoundBy } from './ast-node.ts';
import { frameMaker } from './blocks.ts';
import type { Place } from './place.ts';
import { Scope } from './scope.ts';

/**
 * The context value in a tuple's frame; names follow it. A tuple is the frame of what is evaluated for it: the frame around the path, the
 * context value, then what `@`, `#` and `%` bound on the way.
 */
export const CONTEXT = 1;
export const CONTEXT_NAME = '@';

/** Something evaluated with a tuple's bindings, on its context value. What it assigns itself is gone with it. */
export function withinTuple(
  node: AstNode,
  place: Place,
  scope: Scope,
  takesTuples = false,
): (tuple: Frame, run: Evaluation) => unknown {
  const { isDynamic } = place.program;
  const names = [...namesBoundBy(node)];
  if (isDynamic) {
    const code = place.code(node, new Scope(scope, []), takesTuples);
    return (tuple, run) => code(tuple[CONTEXT], [tuple[0], namedValues(tuple, scope)], run);
  }
  if (names.length === 0) {
    const code = place.code(node, scope, takesTuples);
    return (tuple, run) => code(tuple[CONTEXT], tuple, run);
  }
  const code = place.code(node, new Scope(scope, names), takesTuples);
  const inner = frameMaker(names.length, false);
  return (tuple, run) => code(tuple[CONTEXT], inner(tuple), run);
}

/** A tuple as the object that it is to whatever does not know that it is one: the context value as `@`, the bound names as fields. */
export const objectOf = (tuple: Frame, scope: Scope): Record<string, unknown> =>
  Object.fromEntries(namedValues(tuple, scope));

function namedValues(tuple: Frame, { names }: Scope): Map<string, unknown> {
  const values = new Map<string, unknown>();
  names.forEach((name, at) => {
    if (tuple[at + 1] !== UNBOUND) values.set(name, tuple[at + 1]);
  });
  return values;
}
