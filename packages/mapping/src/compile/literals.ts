import type { Code } from '../run/code.ts';
import type { AstNode } from './ast-node.ts';

/** A string, number, true, false or null. */
export function literalCode({ value }: AstNode): Code {
  return () => value;
}
