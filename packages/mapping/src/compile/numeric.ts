import { isNumeric } from '../functions/truth.ts';
import type { Code } from '../run/code.ts';
import type { AstNode } from './ast-node.ts';
import { raisedAt } from './operator-error.ts';
import type { Place } from './place.ts';

type Operation = (a: number, b: number) => number;

/** `+`, `-`, `*`, `/` and `%` between numbers; undefined where one of them is. */
export function numericCode(node: AstNode, place: Place): Code {
  const lhs = place.code(node.lhs as AstNode);
  const rhs = place.code(node.rhs as AstNode);
  switch (node.value) {
    case '+':
      return (input, frame, run) => {
        const a = lhs(input, frame, run);
        const b = rhs(input, frame, run);
        return bothFinite(a, b) ? (a as number) + (b as number) : exactly(node, a, b, (x, y) => x + y);
      };
    case '-':
      return (input, frame, run) => {
        const a = lhs(input, frame, run);
        const b = rhs(input, frame, run);
        return bothFinite(a, b) ? (a as number) - (b as number) : exactly(node, a, b, (x, y) => x - y);
      };
    case '*':
      return (input, frame, run) => {
        const a = lhs(input, frame, run);
        const b = rhs(input, frame, run);
        return bothFinite(a, b) ? (a as number) * (b as number) : exactly(node, a, b, (x, y) => x * y);
      };
    case '/':
      return (input, frame, run) => {
        const a = lhs(input, frame, run);
        const b = rhs(input, frame, run);
        return bothFinite(a, b) ? (a as number) / (b as number) : exactly(node, a, b, (x, y) => x / y);
      };
    default:
      return (input, frame, run) => {
        const a = lhs(input, frame, run);
        const b = rhs(input, frame, run);
        return bothFinite(a, b) ? (a as number) % (b as number) : exactly(node, a, b, (x, y) => x % y);
      };
  }
}

/** The `-` before a value. */
export function negationCode(node: AstNode, place: Place): Code {
  const operand = place.code(node.expression as AstNode);
  return (input, frame, run) => {
    const value = operand(input, frame, run);
    if (value === undefined) return undefined;
    if (isNumeric(value)) return -value;
    throw { code: 'D1002', position: node.position, token: node.value, value };
  };
}

const bothFinite = (a: unknown, b: unknown): boolean => Number.isFinite(a) && Number.isFinite(b);

function exactly(node: AstNode, a: unknown, b: unknown, operation: Operation): number | undefined {
  return raisedAt(node, () => {
    if (a !== undefined && !isNumeric(a)) throw { code: 'T2001', value: a };
    if (b !== undefined && !isNumeric(b)) throw { code: 'T2002', value: b };
    return a === undefined || b === undefined ? undefined : operation(a, b);
  });
}
