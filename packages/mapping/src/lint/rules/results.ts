import { KNOWN_FUNCTIONS } from '../../knowledge/index.ts';
import { childrenOf, type Node } from '../../syntax/index.ts';
import { type Finding, findingAt, type Linted, quoted } from '../finding.ts';

/** A block gives its last expression; of those before, only assignments and checks count. */
export function* unusedResult(node: Node, linted: Linted): Generator<Finding> {
  if (node.kind !== 'block') return;
  for (const [at, item] of node.items.slice(0, -1).entries()) {
    if (hasEffect(item)) continue;
    const next = node.items[at + 1] as Node;
    yield findingAt(
      item,
      'UNUSED_RESULT',
      'warning',
      `What ${quoted(linted.textOf(item))} gives is not used: a block gives its last expression.`,
      // Behind a bracket, JSONata takes a slash for a division.
      linted.source.charAt(next.from) === '/'
        ? []
        : [{ title: 'Remove it', edits: [{ from: item.from, to: next.from, insert: '' }] }],
    );
  }
}

const ACTS = new Set(['assert', 'error', 'eval']);

/** It assigns, checks, or calls something that may do either. */
function hasEffect(node: Node): boolean {
  if (node.kind === 'bind' || node.kind === 'missing') return true;
  if (node.kind === 'call') {
    const { callee } = node;
    if (callee.kind !== 'variable' || ACTS.has(callee.name) || !KNOWN_FUNCTIONS.has(callee.name)) return true;
  }
  if (node.kind === 'binary' && node.operator === '~>') return true;
  return childrenOf(node).some(hasEffect);
}
