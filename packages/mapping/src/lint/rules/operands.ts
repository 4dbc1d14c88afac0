import type { Typed } from '../../knowledge/index.ts';
import { kindsOf } from '../../shape/index.ts';
import type { Node } from '../../syntax/index.ts';
import { type Finding, findingAt, type Linted, quoted, wrapFix } from '../finding.ts';

const ARITHMETIC = new Set(['+', '-', '*', '/', '%']);

/** Operands that an operator cannot take: several where it takes one, strings where it counts. */
export function* operands(node: Node, linted: Linted): Generator<Finding> {
  if (node.kind !== 'binary') return;
  const isArithmetic = ARITHMETIC.has(node.operator);
  if (!isArithmetic && node.operator !== '&') return;
  for (const operand of [node.left, node.right]) {
    const typed = linted.factsOf(operand)?.typed;
    if (!typed || typed.item.any || typed.fn) continue;
    if (isMany(typed)) yield several(operand, node.operator, typed, linted);
    else if (isArithmetic && typed.many === 'one') yield* notNumber(operand, node.operator, typed, linted);
  }
}

const isMany = ({ many, collapses }: Typed): boolean => many === 'array' || (many === 'some' && collapses === true);

function several(operand: Node, operator: string, { item }: Typed, linted: Linted): Finding {
  const text = quoted(linted.textOf(operand));
  if (operator !== '&')
    return findingAt(operand, 'MANY_IN_OPERATOR', 'warning', `${text} can be several, and ${operator} takes one.`, [
      ...(item.number ? [wrapFix(operand, '$sum(', ')', 'Add them up: $sum(…)')] : []),
    ]);
  return findingAt(
    operand,
    'MANY_IN_OPERATOR',
    'warning',
    `${text} can be several, which & writes as a JSON array.`,
    item.string ? [wrapFix(operand, '$join(', ', ", ")', 'Join them: $join(…, ", ")')] : [],
  );
}

function* notNumber(operand: Node, operator: string, { item }: Typed, linted: Linted): Generator<Finding> {
  const kinds = kindsOf(item).filter((kind) => kind !== 'null');
  if (kinds.length === 0 || kinds.includes('number')) return;
  const text = quoted(linted.textOf(operand));
  const isText = kinds.length === 1 && kinds[0] === 'string';
  yield findingAt(
    operand,
    'WRONG_OPERAND',
    'error',
    isText ? `${text} is a string, and ${operator} takes numbers.` : `${operator} takes numbers, and ${text} is none.`,
    [...(isText ? [wrapFix(operand, '$number(', ')', 'Make it a number: $number(…)')] : [])],
  );
}
