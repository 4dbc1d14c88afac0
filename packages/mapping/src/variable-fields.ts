import { type CallNode, childrenOf, type Node, type NodeOf, parseMapping } from './syntax/index.ts';

/** A field that a mapping reads of a variable such as `$vars`. */
export interface VariableField {
  name: string;
  /** Offset in the source (UTF-16 units, from 0). */
  position: number;
  /** The mapping itself says what to do where there is none: `$exists(…)`, `… ?? …`, `… ?: …`, `… ? …`, `$lookup(…)`. */
  mayBeMissing: boolean;
}

/**
 * The fields that a source reads of `$<variable>`, each place once, in the order of the text. A field that the source asks about anywhere may be missing in
 * all of it. Computed access (`$vars.*`, `$lookup($vars, name)`, an alias) tells no names, a source that does not parse or gives `$<variable>` a
 * value of its own none at all.
 */
export function fieldsOfVariable(source: string, variable: string): VariableField[] {
  try {
    const { root, isWhole } = parseMapping(source);
    if (!isWhole) return [];
    const found: VariableField[] = [];
    if (!collect(root, variable, false, found)) return [];
    const asked = new Set(found.filter(({ mayBeMissing }) => mayBeMissing).map(({ name }) => name));
    return found
      .map((field) => ({ ...field, mayBeMissing: asked.has(field.name) }))
      .sort((a, b) => a.position - b.position);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** Whether a field of that name is read as it is written, as in `$vars.name`: without quotes, and as nothing else. */
export function isPlainField(name: string): boolean {
  const source = `$vars.${name}`;
  const [first, ...others] = fieldsOfVariable(source, 'vars');
  return first?.name === name && others.length === 0;
}

/** False when the source binds the variable itself. */
function collect(node: Node, variable: string, isAsked: boolean, found: VariableField[]): boolean {
  if (bindsOf(node).some((each) => each.kind === 'variable' && each.name === variable)) return false;
  const step = node.kind === 'path' && isVariable(node.target, variable) ? firstName(node.step) : undefined;
  if (step?.kind === 'name') found.push({ name: step.name, position: step.from, mayBeMissing: isAsked });
  if (step?.kind === 'string') found.push({ name: step.text, position: step.from, mayBeMissing: isAsked });
  const looked = lookedUp(node, variable);
  if (looked) found.push({ name: looked.text, position: looked.from, mayBeMissing: true });
  // A binding further on counts for the whole source: where it holds is not worth telling apart.
  return childrenOf(node).every((child) => collect(child, variable, asksAbout(node, child, isAsked), found));
}

function asksAbout(node: Node, child: Node, isAsked: boolean): boolean {
  switch (node.kind) {
    case 'call':
      return isCallOf(node, 'exists') && child !== node.callee;
    case 'binary':
      return (node.operator === '??' || node.operator === '?:') && child === node.left;
    case 'condition':
      return child === node.test;
    case 'path':
    case 'filter':
    case 'keep':
      return isAsked && child === node.target;
    case 'block':
      return isAsked && node.items.length === 1;
    default:
      return false;
  }
}

function bindsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'bind':
    case 'focus':
    case 'position':
      return [node.variable];
    case 'lambda':
      return node.params;
    default:
      return [];
  }
}

function isVariable(node: Node, variable: string): boolean {
  if (node.kind === 'block' && node.items.length === 1) return isVariable(node.items[0] as Node, variable);
  return node.kind === 'variable' && node.name === variable;
}

/** What a step begins with, behind what is done with it: `x` of `x[0].y`. */
function firstName(step: Node): Node {
  switch (step.kind) {
    case 'filter':
    case 'keep':
    case 'group':
    case 'sort':
    case 'focus':
    case 'position':
      return firstName(step.target);
    default:
      return step;
  }
}

/** The text in `$lookup($vars, "name")`. */
function lookedUp(node: Node, variable: string): NodeOf<'string'> | undefined {
  if (node.kind !== 'call' || !isCallOf(node, 'lookup')) return undefined;
  const [from, key] = node.args;
  return from && key?.kind === 'string' && isVariable(from, variable) ? key : undefined;
}

const isCallOf = (node: CallNode, name: string): boolean =>
  node.callee.kind === 'variable' && node.callee.name === name;
