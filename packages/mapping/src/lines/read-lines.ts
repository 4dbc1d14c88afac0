import { type Node, type NodeOf, parseMapping } from '../syntax/index.ts';
import type { FieldPart, LoopPart, Part, Span, ValuePart } from './part.ts';
import { behind, each, handedOver, traceOf, withParameters } from './trace.ts';
import { type NamesInView, type Trace, Variables } from './view.ts';

/**
 * What makes each value of a mapping's result, with the places of its text, as lines from source to target can show it: the object and list
 * constructors that the result is made with. Everything else is a value. Undefined where nothing is written or the source does not parse.
 */
export function readLines(source: string): Part | undefined {
  if (source.trim() === '') return undefined;
  try {
    const { root, isWhole } = parseMapping(source);
    return isWhole ? partOf(root, viewOfRoot()) : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Where a mapping begins, its input is the context. */
export const viewOfRoot = (): NamesInView => ({ context: [], variables: new Variables() });

function partOf(node: Node, view: NamesInView): Part {
  switch (node.kind) {
    case 'block':
      return partOfBlock(node, view);
    case 'object':
      return partOfObject(node, view) ?? partOfValue(node, view);
    case 'array': {
      const { from, to } = node;
      return { kind: 'list', items: node.items.map((item) => itemOf(item, view)), view, from, to };
    }
    case 'keep':
      return partOf(node.target, view);
    case 'path':
      return partOfPath(node, view) ?? partOfValue(node, view);
    case 'call':
      return partOfCall(node, view) ?? partOfValue(node, view);
    default:
      return partOfValue(node, view);
  }
}

const itemOf = (item: Node, view: NamesInView) => ({ value: spanOf(item), part: partOf(item, view) });

/** The last of a block's items is its value; the others may give it names. */
function partOfBlock(node: NodeOf<'block'>, view: NamesInView): Part {
  const last = node.items.at(-1);
  if (!last) return partOfValue(node, view);
  const inner = { ...view, variables: new Variables(view.variables) };
  for (const item of node.items.slice(0, -1)) traceOf(item, inner);
  return partOf(last, inner);
}

/** Undefined where a name is computed, or written twice. */
function partOfObject({ pairs, from, to }: NodeOf<'object'>, view: NamesInView): Part | undefined {
  const fields: FieldPart[] = [];
  for (const { key, value } of pairs) {
    if (key.kind !== 'string' || fields.some(({ name }) => name === key.text)) return undefined;
    fields.push({ name: key.text, key: spanOf(key), value: spanOf(value), part: partOf(value, view) });
  }
  return { kind: 'object', fields, view, from, to };
}

/** `over.{ … }` */
function partOfPath(node: NodeOf<'path'>, view: NamesInView): LoopPart | undefined {
  const over = traceOf(node.target, view);
  const made = partOf(node.step, behind(over, view));
  if (made.kind !== 'object') return undefined;
  return loopOf(node, over, spanOf(node.target), made);
}

/** `$map(over, function($each) { … })`, and `$array(…)` around what it makes a list of. */
function partOfCall(node: NodeOf<'call'>, view: NamesInView): Part | undefined {
  const [only] = node.args;
  if (only && node.args.length === 1 && node.callee.kind === 'variable' && node.callee.name === 'array') {
    const part = partOf(only, view);
    return part.kind === 'value' ? undefined : part;
  }
  const handed = handedOver(node);
  if (handed?.name !== 'map') return undefined;
  const { list, lambda } = handed;
  const over = traceOf(list, view);
  const made = partOf(lambda.body, withParameters(lambda, [each(over)], view));
  if (made.kind !== 'object' && made.kind !== 'list') return undefined;
  return loopOf(node, over, spanOf(list), made);
}

function loopOf(node: Node, { whole, isPlain, reads }: Trace, over: Span, made: LoopPart['each']): LoopPart {
  const isChosen = whole !== undefined && !isPlain;
  return { kind: 'loop', each: made, over, source: whole, isChosen, reads, ...spanOf(node) };
}

function partOfValue(node: Node, view: NamesInView): ValuePart {
  const { whole, isPlain, reads } = traceOf(node, view);
  const how = reads.length === 0 ? 'constant' : whole && isPlain ? 'copied' : 'computed';
  return { kind: 'value', how, reads, ...spanOf(node) };
}

const spanOf = ({ from, to }: Node) => ({ from, to });
