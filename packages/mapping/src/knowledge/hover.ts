import { isNever, shapeText } from '../shape/index.ts';
import { commentAround, type Node, nodesAround, parseMapping } from '../syntax/index.ts';
import { expectedShapes } from './expected-shapes.ts';
import { exampleOf, fieldFacts, objectIn } from './field-facts.ts';
import { functionDocs, functionType, signatureText } from './function-text.ts';
import { CONTEXT_VARIABLES, GIVEN_VARIABLES } from './given-variables.ts';
import { type Facts, inferFacts } from './infer.ts';
import { KNOWN_FUNCTIONS } from './known-functions.ts';
import type { MappingShapes } from './mapping-shapes.ts';
import { OPERATOR_DOCS } from './operator-docs.ts';
import { typeText } from './type-text.ts';

/** What is known of something in a mapping. */
export interface Hover {
  readonly from: number;
  readonly to: number;
  /** What it gives, in short; of a function, what it takes and gives. */
  readonly type?: string;
  /** A value of it that was seen. */
  readonly example?: string;
  /** What it is, as Markdown. */
  readonly documentation?: string;
}

/** What is known of what stands at `offset`; nothing where there is nothing to tell. Never throws. */
export function hoverAt(source: string, offset: number, shapes: MappingShapes = {}): Hover | undefined {
  try {
    if (commentAround(source, offset)) return undefined;
    const { root } = parseMapping(source);
    const path = nodesAround(root, offset);
    const node = path.at(-1);
    if (!node) return undefined;
    const facts = inferFacts(root, shapes);
    const told = tell(node, path.at(-2), facts, root, shapes) ?? operatorHover(path, offset);
    return told && { from: node.from, to: node.to, ...told };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

type Told = Omit<Hover, 'from' | 'to'> & Partial<Pick<Hover, 'from' | 'to'>>;

function tell(node: Node, parent: Node | undefined, facts: Facts, root: Node, shapes: MappingShapes): Told | undefined {
  switch (node.kind) {
    case 'name':
      return aboutField(node, node.name, facts);
    case 'variable':
      return aboutVariable(node, node.name, facts);
    case 'string':
      return parent?.kind === 'path' ? aboutField(node, node.text, facts) : aboutKey(node, parent, root, shapes);
    case 'wildcard':
    case 'descendant':
    case 'parent': {
      const documentation = OPERATOR_DOCS[node.kind];
      const typed = facts.of(node)?.typed;
      return { ...(typed ? { type: typeText(typed) } : {}), ...(documentation ? { documentation } : {}) };
    }
    default:
      return undefined;
  }
}

function aboutField(node: Node, name: string, facts: Facts): Told | undefined {
  const here = facts.of(node);
  if (!here) return undefined;
  const object = objectIn(here.context.typed);
  const field = object?.fields.get(name);
  if (!object || !field) return here.typed.item.any ? undefined : { type: typeText(here.typed) };
  const { type: _own, example, documentation } = fieldFacts(object, name, field);
  return {
    type: typeText(here.typed),
    ...(example === undefined ? {} : { example }),
    ...(documentation === undefined ? {} : { documentation }),
  };
}

function aboutVariable(node: Node, name: string, facts: Facts): Told | undefined {
  const here = facts.of(node);
  if (!here) return undefined;
  const binding = here.scope.get(name);
  const known = binding ? undefined : KNOWN_FUNCTIONS.get(name);
  if (known)
    return {
      type: `${signatureText(known).replace(/\(.*/, '')}${functionType(known)}`,
      documentation: functionDocs(known),
    };
  const documentation =
    CONTEXT_VARIABLES.get(name) ?? (binding?.origin === 'given' ? GIVEN_VARIABLES.get(name) : undefined);
  const example = isNever(here.typed.item) ? undefined : exampleOf(here.typed.item);
  return {
    type: typeText(here.typed),
    ...(example === undefined ? {} : { example }),
    ...(documentation === undefined ? {} : { documentation }),
  };
}

/** A field of the target. */
function aboutKey(node: Node, parent: Node | undefined, root: Node, shapes: MappingShapes): Told | undefined {
  const pair = parent?.kind === 'object' ? parent.pairs.find(({ key }) => key === node) : undefined;
  const shape = pair && expectedShapes(root, shapes.output).get(pair.value);
  if (!shape) return undefined;
  return { type: shapeText(shape), ...(shape.description === undefined ? {} : { documentation: shape.description }) };
}

function operatorHover(path: readonly Node[], offset: number): Told | undefined {
  const node = path.at(-1);
  if (node?.kind !== 'binary') return undefined;
  const { operator, operatorFrom } = node;
  const documentation = OPERATOR_DOCS[operator];
  const [from, to] = [operatorFrom, operatorFrom + operator.length];
  return documentation && from <= offset && offset <= to ? { from, to, documentation } : undefined;
}
