import { KNOWN_FUNCTIONS, type Typed } from '../../knowledge/index.ts';
import { isNever, kindsOf, type Shape } from '../../shape/index.ts';
import type { Node } from '../../syntax/index.ts';
import { type Finding, type Fix, findingAt, type Linted, quoted, wrapFix } from '../finding.ts';

/** A field that gets an array from a path gets the bare element when there is but one. */
export function* arrayOrSingle(node: Node, linted: Linted): Generator<Finding> {
  if (node === linted.root && linted.shapes.output) yield* result(node, linted);
  if (node.kind !== 'object' && node.kind !== 'group') return;
  for (const { key, value } of node.pairs) {
    const typed = linted.factsOf(value)?.typed;
    if (!typed || typed.fn) continue;
    const name = key.kind === 'string' ? `"${key.text}"` : 'The field';
    const finding = hazard(value, typed, name, linted);
    if (finding) yield finding;
  }
}

/** The mapping as a whole may be an array for its target. */
function* result(root: Node, linted: Linted): Generator<Finding> {
  const last = root.kind === 'block' ? (root.items.at(-1) ?? root) : root;
  const typed = linted.factsOf(last)?.typed;
  const finding = typed && !typed.fn ? hazard(last, typed, 'The result', linted) : undefined;
  if (finding) yield finding;
}

function hazard(value: Node, typed: Typed, name: string, linted: Linted): Finding | undefined {
  const expected = linted.expectedAt(value);
  const collapses = typed.many === 'some' && typed.collapses === true;
  switch (expected ? wants(expected) : 'unknown') {
    case 'array':
      if (collapses)
        return findingAt(
          severalIn(value),
          'ARRAY_OR_SINGLE',
          'warning',
          `${name} must be an array, but when there is only one, JSONata gives it without the array.`,
          arrayFixes(value),
        );
      if (typed.many !== 'one' || typed.item.any || isNever(typed.item)) return undefined;
      return findingAt(value, 'ARRAY_OR_SINGLE', 'warning', `${name} must be an array, and this is a single value.`, [
        wrapFix(value, '[', ']', 'Write it as an array: […]'),
      ]);
    case 'single':
      if (!collapses && typed.many !== 'array') return undefined;
      return findingAt(
        value,
        'SINGLE_EXPECTED',
        'warning',
        `${name} must be a single value, and this can be several.`,
        [wrapFix(value, '(', ')[0]', 'Take the first: (…)[0]')],
      );
    default:
      // In a group, all is several where the key is not unique.
      if (!collapses || linted.factsOf(value)?.context.typed.many === 'some') return undefined;
      return findingAt(
        severalIn(value),
        'ARRAY_OR_SINGLE',
        'hint',
        `${name} is an array when there are several and a bare value when there is only one.`,
        arrayFixes(value),
      );
  }
}

/** What gives the several: not the object that is made of each, which may go on over many lines. */
const severalIn = (value: Node): Node => (value.kind === 'path' && value.step.kind === 'object' ? value.target : value);

/** What a target takes: nothing but arrays, nothing but single values, or what is not known. */
function wants(shape: Shape): 'array' | 'single' | 'unknown' {
  if (shape.any || isNever(shape)) return 'unknown';
  if (!shape.array) return 'single';
  return kindsOf(shape).every((kind) => kind === 'array' || kind === 'null') ? 'array' : 'unknown';
}

function arrayFixes(value: Node): Fix[] {
  const takesMark = value.kind === 'path' || value.kind === 'filter' || value.kind === 'call';
  return [
    wrapFix(value, '[', ']', 'Always make it an array: […]'),
    ...(takesMark ? [wrapFix(value, '', '[]', 'Keep the array, or leave the field out when there is none: …[]')] : []),
    ...(KNOWN_FUNCTIONS.has('array') ? [wrapFix(value, '$array(', ')', 'Always make it an array: $array(…)')] : []),
  ];
}

/** `orders.no[0]` takes the first of each `no`, not of all. */
export function* indexPerItem(node: Node, linted: Linted): Generator<Finding> {
  if (node.kind !== 'filter' || !isIndex(node.test)) return;
  const path = linted.parentOf(node);
  if (path?.kind !== 'path' || path.step !== node) return;
  const outer = linted.factsOf(path.target)?.typed;
  const inner = linted.factsOf(node.target)?.typed;
  if (!outer || !inner || outer.many === 'one' || inner.many !== 'one' || inner.item.any || isNever(inner.item)) return;
  const index = linted.source.slice(node.target.to, node.to);
  const all = { from: path.from, to: node.target.to };
  yield findingAt(
    { from: node.target.to, to: node.to },
    'INDEX_PER_ITEM',
    'warning',
    `${quoted(index)} picks from each ${quoted(linted.textOf(node.target))} by itself, not from all of them.`,
    [
      {
        title: `Pick from all: (…)${index}`,
        edits: [
          { from: all.from, to: all.from, insert: '(' },
          { from: all.to, to: all.to, insert: ')' },
        ],
      },
    ],
  );
}

const isIndex = (test: Node): boolean =>
  test.kind === 'number' || (test.kind === 'negate' && test.operand.kind === 'number');
