import { type Node, parseMapping } from './syntax/index.ts';

/** What the text that an expression makes is known to begin with. */
export interface TextStart {
  text: string;
  /** The text is all of it: nothing that is not known follows. */
  isWhole: boolean;
}

/**
 * The part of a text that is known before there is a message: literals and fields of `$vars` that are joined by `&`, up to the first thing that a
 * message gives. A source that does not parse begins with nothing that is known.
 */
export function textStart(source: string, vars: Readonly<Record<string, unknown>>): TextStart {
  try {
    const { root, isWhole } = parseMapping(source);
    return isWhole ? startOf(root, vars) : { text: '', isWhole: false };
  } catch (error) {
    if (error instanceof RangeError) return { text: '', isWhole: false };
    throw error;
  }
}

function startOf(node: Node, vars: Readonly<Record<string, unknown>>): TextStart {
  if (node.kind === 'string') return { text: node.text, isWhole: true };
  if (node.kind === 'block' && node.items.length === 1) return startOf(node.items[0] as Node, vars);
  if (node.kind === 'binary' && node.operator === '&') {
    const left = startOf(node.left, vars);
    if (!left.isWhole) return left;
    const right = startOf(node.right, vars);
    return { text: left.text + right.text, isWhole: right.isWhole };
  }
  const name = fieldOfVars(node);
  const value = name === undefined || !Object.hasOwn(vars, name) ? undefined : vars[name];
  return typeof value === 'string' ? { text: value, isWhole: true } : { text: '', isWhole: false };
}

function fieldOfVars(node: Node): string | undefined {
  if (node.kind !== 'path' || node.target.kind !== 'variable' || node.target.name !== 'vars') return undefined;
  return node.step.kind === 'name' ? node.step.name : node.step.kind === 'string' ? node.step.text : undefined;
}
