import { KNOWN_FUNCTIONS, type ParameterEntry } from '../../knowledge/index.ts';
import { kindsOf } from '../../shape/index.ts';
import type { CallNode, Node } from '../../syntax/index.ts';
import { type Finding, findingAt, type Linted, quoted, replaceFix } from '../finding.ts';
import { nearestName } from '../nearest-name.ts';

/** `sum(x)` calls a field, which is never a function. */
export function* missingDollarCall(node: Node, linted: Linted): Generator<Finding> {
  if (node.kind !== 'call' || node.callee.kind !== 'name' || node.callee.isQuoted) return;
  const { callee } = node;
  const isKnown = KNOWN_FUNCTIONS.has(callee.name) || linted.factsOf(callee)?.scope.get(callee.name) !== undefined;
  if (!isKnown) return;
  yield findingAt(
    callee,
    'MISSING_DOLLAR',
    'error',
    `${quoted(callee.name)} is a field here. Functions begin with $.`,
    [{ title: `Write $${callee.name}`, edits: [{ from: callee.from, to: callee.from, insert: '$' }] }],
  );
}

export function* unknownFunction(node: Node, linted: Linted): Generator<Finding> {
  if (node.kind !== 'call' || node.callee.kind !== 'variable') return;
  const { callee } = node;
  const scope = linted.factsOf(callee)?.scope;
  if (callee.name === '' || KNOWN_FUNCTIONS.has(callee.name) || scope?.get(callee.name)) return;
  const own = [...(scope?.visible() ?? [])].filter(({ typed }) => typed.fn).map(({ name }) => name);
  const nearest = nearestName(callee.name, [...own, ...KNOWN_FUNCTIONS.keys()]);
  // Without knowing which variables are given, only a slip of the pen is certain enough.
  if (!nearest && !linted.shapes.variables) return;
  yield findingAt(
    callee,
    'UNKNOWN_FUNCTION',
    'error',
    `There is no function ${quoted(`$${callee.name}`)}.${nearest ? ` Did you mean $${nearest}?` : ''}`,
    nearest ? [replaceFix(callee, `$${nearest}`, `Write $${nearest}`)] : [],
  );
}

export function* argumentCount(node: Node, linted: Linted): Generator<Finding> {
  if (node.kind !== 'call' || node.callee.kind !== 'variable') return;
  const { callee } = node;
  const known = KNOWN_FUNCTIONS.get(callee.name);
  if (!known || linted.factsOf(callee)?.scope.get(callee.name)) return;
  const { params } = known;
  const given = countOf(node) + (linted.facts.chained.has(node) ? 1 : 0);
  const most = params.some(({ repeats }) => repeats) ? Number.POSITIVE_INFINITY : params.length;
  const required = params.filter((param) => !param.optional).length;
  const fillsContext = params[0]?.takesContext === true && !isForContext(node, params, linted);
  const least = required - (fillsContext ? 1 : 0);
  const isPartial = node.args.some(({ kind }) => kind === 'placeholder');
  if (given > most) {
    const extra = node.args[most - (given - countOf(node))] as Node;
    const before = node.commas[node.args.indexOf(extra) - 1] ?? node.open + 1;
    yield findingAt(
      { from: extra.from, to: node.close },
      'WRONG_ARGUMENT_COUNT',
      'error',
      `$${callee.name} takes ${amount(most)}; ${given} are given.`,
      [{ title: 'Remove what is too much', edits: [{ from: before, to: node.close, insert: '' }] }],
    );
  } else if (given < least && !isPartial) {
    const missing = params.filter((param) => !param.optional)[given]?.name ?? '';
    yield findingAt(
      node,
      'WRONG_ARGUMENT_COUNT',
      'error',
      `$${callee.name} takes at least ${amount(least)}: ${quoted(missing)} is missing.`,
    );
  }
}

/** The first argument is of the type of what the context would fill in, and not of the parameter behind that. */
function isForContext(node: CallNode, params: readonly ParameterEntry[], linted: Linted): boolean {
  const [first] = node.args;
  const item = first && linted.factsOf(first)?.typed.item;
  const [own, next] = params;
  if (!item || item.any || !own || !next || own.type === next.type) return false;
  const kinds: readonly string[] = kindsOf(item);
  return kinds.length > 0 && !kinds.includes(next.type) && next.type !== 'any' && next.type !== 'function';
}

const countOf = ({ args }: CallNode): number => args.length;
const amount = (count: number): string =>
  count === 0 ? 'no arguments' : count === 1 ? 'one argument' : `${count} arguments`;
