import type { Node, NodeOf } from '../../syntax/index.ts';
import { type Finding, findingAt, type Linted, quoted, replaceFix } from '../finding.ts';

/** A condition that is the same for every payload. */
export function* constantCondition(node: Node, linted: Linted): Generator<Finding> {
  if (node.kind === 'condition') yield* inCondition(node, linted);
  if (node.kind === 'filter') yield* inFilter(node, linted);
  if (node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or')) {
    for (const operand of [node.left, node.right]) {
      const truth = truthOf(operand);
      if (truth !== undefined) yield constant(operand, truth, linted, []);
    }
  }
}

function* inCondition(node: NodeOf<'condition'>, linted: Linted): Generator<Finding> {
  const truth = truthOf(node.test);
  if (truth === undefined) return;
  const kept = truth ? node.then : node.otherwise;
  yield constant(
    node.test,
    truth,
    linted,
    // Behind a bracket, JSONata takes a slash for a division.
    kept && linted.source.charAt(kept.from) !== '/'
      ? [replaceFix(node, `(${linted.textOf(kept)})`, 'Keep only what is chosen')]
      : [],
  );
}

function* inFilter(node: NodeOf<'filter'>, linted: Linted): Generator<Finding> {
  const { test, target } = node;
  if (test.kind === 'string') {
    const name = /^[A-Za-z_]\w*$/.test(test.text) ? test.text : `\`${test.text}\``;
    const place = { from: target.to, to: node.to };
    const fixes = test.text.includes('`') || test.text === '' ? [] : [replaceFix(place, `.${name}`, `Write .${name}`)];
    yield findingAt(
      place,
      'CONSTANT_CONDITION',
      'warning',
      `${quoted(linted.textOf(test))} is a condition that always holds here, not the name of a field.`,
      fixes,
    );
    return;
  }
  const truth = test.kind === 'number' ? undefined : truthOf(test);
  if (truth !== undefined) yield constant(test, truth, linted, []);
}

function constant(node: Node, truth: boolean, linted: Linted, fixes: Finding['fixes']): Finding {
  return findingAt(
    node,
    'CONSTANT_CONDITION',
    'warning',
    `${quoted(linted.textOf(node))} is always ${truth ? 'true' : 'false'}.`,
    fixes,
  );
}

/** Whether a condition holds, where no payload matters. */
function truthOf(node: Node): boolean | undefined {
  switch (node.kind) {
    case 'value':
      return node.text === 'true';
    case 'string':
      return node.text !== '';
    case 'number':
      return Number(node.text) !== 0;
    case 'object':
      return node.pairs.length === 0 ? false : undefined;
    case 'lambda':
      return false;
    case 'block':
      return node.items.length === 1 ? truthOf(node.items[0] as Node) : undefined;
    case 'binary':
      return comparisonTruth(node);
    default:
      return undefined;
  }
}

function comparisonTruth({ operator, left, right }: NodeOf<'binary'>): boolean | undefined {
  const [a, b] = [literalOf(left), literalOf(right)];
  if (!a || !b) return undefined;
  switch (operator) {
    case '=':
      return a.value === b.value;
    case '!=':
      return a.value !== b.value;
    case '<':
    case '>':
    case '<=':
    case '>=':
      return ordered(operator, a.value, b.value);
    default:
      return undefined;
  }
}

function ordered(operator: string, a: unknown, b: unknown): boolean | undefined {
  if (typeof a !== typeof b || (typeof a !== 'number' && typeof a !== 'string')) return undefined;
  const less = (a as number) < (b as number);
  const same = a === b;
  if (operator === '<') return less;
  if (operator === '<=') return less || same;
  return operator === '>' ? !less && !same : !less;
}

function literalOf(node: Node): { value: unknown } | undefined {
  if (node.kind === 'string') return { value: node.text };
  if (node.kind === 'number') return { value: Number(node.text) };
  return node.kind === 'value' ? { value: JSON.parse(node.text) as unknown } : undefined;
}
