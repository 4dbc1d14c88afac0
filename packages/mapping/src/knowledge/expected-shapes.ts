import type { Shape } from '../shape/index.ts';
import type { Node } from '../syntax/index.ts';

/** What a target allows, at each node of a mapping whose value goes there. */
export function expectedShapes(root: Node, output: Shape | undefined): ReadonlyMap<Node, Shape> {
  const found = new Map<Node, Shape>();
  if (output) note(root, output, found);
  return found;
}

function note(node: Node, shape: Shape, found: Map<Node, Shape>): void {
  found.set(node, shape);
  for (const [part, expected] of partsOf(node, shape)) if (expected) note(part, expected, found);
}

/** The parts of a node whose values go where its own does, or inside. */
function partsOf(node: Node, shape: Shape): (readonly [Node, Shape | undefined])[] {
  switch (node.kind) {
    case 'block':
      return node.items.slice(-1).map((item) => [item, shape] as const);
    case 'condition':
      return [node.then, ...(node.otherwise ? [node.otherwise] : [])].map((branch) => [branch, shape] as const);
    case 'bind':
      return [[node.value, shape]];
    case 'binary':
      return node.operator === '??' || node.operator === '?:'
        ? [
            [node.left, shape],
            [node.right, shape],
          ]
        : [];
    case 'keep':
      return [[node.target, shape]];
    case 'path':
      return [[node.step, elementShape(shape)]];
    case 'array':
      return node.items.map((item) => [item, itemShape(shape)] as const);
    case 'object':
      return node.pairs.flatMap(({ key, value }) =>
        key.kind === 'string' ? [[value, fieldShape(shape, key.text)] as const] : [],
      );
    default:
      return [];
  }
}

/** What a field of that name may hold. */
export function fieldShape({ object, any }: Shape, name: string): Shape | undefined {
  return any ? undefined : (object?.fields.get(name)?.shape ?? object?.rest);
}

/** Elements of a constructed array may be arrays, whose elements it takes up: what it says of single ones is no more than a guess. */
const itemShape = ({ array, any }: Shape): Shape | undefined =>
  any || !array
    ? undefined
    : { ...array.items, ...(array.items.any ? {} : { array: { seen: 1, items: array.items } }) };

/** A step makes one element of what the path gives. */
const elementShape = (shape: Shape): Shape | undefined =>
  shape.any ? undefined : shape.array ? shape.array.items : shape;
