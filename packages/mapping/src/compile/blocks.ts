import type { Code } from '../run/code.ts';
import { emptyFrame, type Frame } from '../run/frame.ts';
import { type AstNode, namesBoundBy } from './ast-node.ts';
import type { Place } from './place.ts';
import { Scope } from './scope.ts';

/** `( a; b; c )` gives what the last of them gives. */
export function blockCode(
  node: AstNode,
  place: Place,
  compileLast = (last: AstNode, scope: Scope | undefined): Code => place.code(last, scope, place.takesTuples),
): Code {
  const expressions = node.expressions as readonly AstNode[];
  const last = expressions.length - 1;
  const names = [...new Set(expressions.flatMap((item) => [...namesBoundBy(item)]))];
  const needsFrame = place.program.isDynamic || names.length > 0;
  const scope = needsFrame ? new Scope(place.scope, names) : place.scope;
  const codes = expressions.map((item, at) => (at === last ? compileLast(item, scope) : place.code(item, scope)));
  const [only] = codes;
  const run: Code =
    codes.length === 1 && only
      ? only
      : (input, frame, evaluation) => {
          let result: unknown;
          for (let at = 0; at < codes.length; at++) result = (codes[at] as Code)(input, frame, evaluation);
          return result;
        };
  if (!needsFrame) return run;
  const open = frameMaker(names.length, place.program.isDynamic);
  return (input, frame, evaluation) => run(input, open(frame), evaluation);
}

/** Makes the frame of a block or the like. */
export function frameMaker(slots: number, isDynamic: boolean): (parent: Frame | undefined) => Frame {
  if (isDynamic) return (parent) => [parent, new Map()];
  return (parent) => emptyFrame(parent, slots);
}
