import type { Typed } from '../../knowledge/index.ts';
import { kindsOf, type Shape, type ShapeKind, valueText } from '../../shape/index.ts';
import type { Node, NodeOf } from '../../syntax/index.ts';
import { type Finding, type Fix, findingAt, type Linted, quoted, replaceFix, wrapFix } from '../finding.ts';
import { nearestName } from '../nearest-name.ts';

const EQUALITY = new Set(['=', '!=']);
const ORDER = new Set(['<', '>', '<=', '>=']);

export function* comparison(node: Node, linted: Linted): Generator<Finding> {
  if (node.kind !== 'binary' || !(EQUALITY.has(node.operator) || ORDER.has(node.operator))) return;
  const left = linted.factsOf(node.left)?.typed;
  const right = linted.factsOf(node.right)?.typed;
  if (!left || !right) return;
  const finding =
    nullCheck(node, left, right, linted) ??
    many(node, node.left, left, node.right, right, linted) ??
    many(node, node.right, right, node.left, left, linted) ??
    differentTypes(node, left, right, linted) ??
    unknownValue(node, node.left, left, node.right, linted) ??
    unknownValue(node, node.right, right, node.left, linted);
  if (finding) yield finding;
}

/** `undefined` is the name of a field like any other. */
export function* undefinedName(node: Node, linted: Linted): Generator<Finding> {
  if (node.kind !== 'name' || node.name !== 'undefined' || node.isQuoted) return;
  const parent = linted.parentOf(node);
  if (parent?.kind !== 'binary' || !EQUALITY.has(parent.operator)) return;
  if (linted.factsOf(node)?.context.typed.item.object?.fields.has('undefined')) return;
  const other = parent.left === node ? parent.right : parent.left;
  yield findingAt(
    parent,
    'NO_UNDEFINED',
    'warning',
    'JSONata has no `undefined`: this reads a field of that name. $exists tells whether something is there.',
    [existsFix(parent, other, linted)],
  );
}

function existsFix(node: NodeOf<'binary'>, tested: Node, linted: Linted): Fix {
  const exists = `$exists(${linted.textOf(tested)})`;
  const text = node.operator === '=' ? `$not(${exists})` : exists;
  return replaceFix(node, text, `Write ${node.operator === '=' ? '$not($exists(…))' : '$exists(…)'}`);
}

/** A missing field is not null. */
function nullCheck(node: NodeOf<'binary'>, left: Typed, right: Typed, linted: Linted): Finding | undefined {
  const other = isNull(node.right) ? node.left : isNull(node.left) ? node.right : undefined;
  if (!other || !EQUALITY.has(node.operator)) return undefined;
  const { item, isOptional, many } = other === node.left ? left : right;
  if (item.any || item.null || !isOptional || many !== 'one' || kindsOf(item).length === 0) return undefined;
  return findingAt(
    node,
    'NULL_IS_NOT_MISSING',
    'warning',
    `${quoted(linted.textOf(other))} is left out rather than null, and what is left out does not equal null.`,
    [existsFix(node, other, linted)],
  );
}

const isNull = (node: Node): boolean => node.kind === 'value' && node.text === 'null';

/** A sequence equals a single value only while it holds but one. */
function many(
  node: NodeOf<'binary'>,
  tested: Node,
  typed: Typed,
  other: Node,
  otherTyped: Typed,
  linted: Linted,
): Finding | undefined {
  const isSequence = typed.many === 'some' && typed.collapses === true;
  if (!isSequence || otherTyped.many === 'some' || typed.item.any) return undefined;
  const text = quoted(linted.textOf(tested));
  if (otherTyped.many === 'array')
    return findingAt(node, 'MANY_IN_OPERATOR', 'warning', `${text} is no array when there is only one.`, [
      wrapFix(tested, '[', ']', 'Always make it an array: […]'),
    ]);
  if (ORDER.has(node.operator))
    return findingAt(node, 'MANY_IN_OPERATOR', 'warning', `${text} can be several, and ${node.operator} takes one.`);
  const inText = `${operandText(other, linted)} in ${operandText(tested, linted)}`;
  return findingAt(
    node,
    'MANY_IN_OPERATOR',
    'warning',
    `${text} can be several values, and several are never equal to one. To look for one among them, write in.`,
    [
      replaceFix(
        node,
        node.operator === '=' ? inText : `$not(${inText})`,
        node.operator === '=' ? 'Write … in …' : 'Write $not(… in …)',
      ),
    ],
  );
}

/** Bound at least as tightly as a comparison's operands are. */
function operandText(node: Node, linted: Linted): string {
  const isLoose = node.kind === 'condition' || node.kind === 'bind' || node.kind === 'binary';
  return isLoose ? `(${linted.textOf(node)})` : linted.textOf(node);
}

function differentTypes(node: NodeOf<'binary'>, left: Typed, right: Typed, linted: Linted): Finding | undefined {
  if (left.many !== 'one' || right.many !== 'one' || isNull(node.left) || isNull(node.right)) return undefined;
  const [a, b] = [certainKinds(left.item), certainKinds(right.item)];
  if (a.length === 0 || b.length === 0 || a.some((kind) => b.includes(kind))) return undefined;
  const effect = EQUALITY.has(node.operator) ? 'they are never equal' : 'they cannot be compared';
  return findingAt(
    node,
    'DIFFERENT_TYPES',
    EQUALITY.has(node.operator) ? 'warning' : 'error',
    `${describe(node.left, a, linted)} and ${describe(node.right, b, linted)}: ${effect}.`,
    [
      ...literalFixes(node.left, b),
      ...literalFixes(node.right, a),
      ...convertFixes(node.left, a, b),
      ...convertFixes(node.right, b, a),
    ],
  );
}

const certainKinds = (shape: Shape): ShapeKind[] => (shape.any ? [] : kindsOf(shape));

const describe = (node: Node, kinds: readonly ShapeKind[], linted: Linted): string =>
  `${quoted(linted.textOf(node))} is ${kinds.map((kind) => ARTICLES[kind]).join(' or ')}`;

const ARTICLES: Readonly<Record<ShapeKind, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  object: 'an object',
  array: 'an array',
  null: 'null',
};

/** Mends a literal that has the wrong type. */
function literalFixes(literal: Node, wanted: readonly ShapeKind[]): Fix[] {
  if (literal.kind !== 'string') return [];
  if (wanted.includes('number') && /^-?\d+(\.\d+)?$/.test(literal.text))
    return [replaceFix(literal, String(Number(literal.text)), 'Write it as a number')];
  if (wanted.includes('boolean') && /^(true|false)$/.test(literal.text))
    return [replaceFix(literal, literal.text, 'Write it as a boolean')];
  return [];
}

/** Converts what is compared, where it is no literal. */
function convertFixes(node: Node, is: readonly ShapeKind[], wanted: readonly ShapeKind[]): Fix[] {
  if (node.kind === 'string' || node.kind === 'number' || is.length !== 1 || wanted.length !== 1) return [];
  if (is[0] === 'string' && wanted[0] === 'number')
    return [wrapFix(node, '$number(', ')', 'Compare as numbers: $number(…)')];
  return is[0] === 'number' && wanted[0] === 'string'
    ? [wrapFix(node, '$string(', ')', 'Compare as strings: $string(…)')]
    : [];
}

/** A value that a schema's `enum` does not name. */
function unknownValue(
  node: NodeOf<'binary'>,
  tested: Node,
  typed: Typed,
  literal: Node,
  linted: Linted,
): Finding | undefined {
  if (!EQUALITY.has(node.operator) || literal.kind !== 'string' || tested.kind === 'string') return undefined;
  const { item, many: amount } = typed;
  const values = item.string?.values;
  if (amount !== 'one' || item.any || !values || values.includes(literal.text)) return undefined;
  const nearest = nearestName(literal.text, values.map(String));
  return findingAt(
    literal,
    'DIFFERENT_TYPES',
    'warning',
    `${quoted(linted.textOf(tested))} is never ${quoted(linted.textOf(literal))}.${nearest ? ` Did you mean ${valueText(nearest)}?` : ''}`,
    nearest ? [replaceFix(literal, valueText(nearest), `Write ${valueText(nearest)}`)] : [],
  );
}
