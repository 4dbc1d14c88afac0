import { Interruption } from '../run/suspend.ts';
import type { AstNode } from './ast-node.ts';

/** Runs what an operator does with its operands. Its errors get the operator's position and name. */
export function raisedAt<T>(node: AstNode, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw placed(thrown, node);
  }
}

/** The error with the operator's position and name, whatever it had. */
export function placed(thrown: unknown, { position, value }: AstNode): unknown {
  if (typeof thrown !== 'object' || thrown === null || thrown instanceof Interruption) return thrown;
  return Object.assign(thrown, { position, token: value });
}
