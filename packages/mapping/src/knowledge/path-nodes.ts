import { arrayOf, mergeShapes } from '../shape/index.ts';
import { childrenOf, type Node } from '../syntax/index.ts';
import type { Typed } from './typed.ts';

/** Arrays that a step constructs are not flattened into those of the others; one alone stands by itself. */
export function constructed(outer: Typed, given: Typed): Typed {
  if (given.keeps) return { ...given, item: arrayOf(given.item) };
  return outer.many === 'one' ? given : { ...given, item: mergeShapes(given.item, arrayOf(given.item)) };
}

/** The step of a path that a node stands for, not looking into blocks. */
export function fieldOf(node: Node): Node | undefined {
  if (node.kind === 'path') return fieldOf(node.step);
  return node.kind === 'filter' || node.kind === 'keep' ? fieldOf(node.target) : node;
}

/** `[]` marks what paths and some functions collect; what stands in a variable or comes out of a block is collected already. */
export function keepsArray(target: Node, { many }: Typed): boolean {
  switch (target.kind) {
    case 'name':
    case 'path':
    case 'filter':
    case 'wildcard':
    case 'sort':
    case 'keep':
      return true;
    case 'call':
      return many === 'some';
    default:
      return false;
  }
}

/** A predicate that reads the value it is about. */
export function dependsOnContext(test: Node): boolean {
  if (['name', 'wildcard', 'descendant', 'parent', 'call'].includes(test.kind)) return true;
  return (test.kind === 'variable' && test.name === '') || childrenOf(test).some(dependsOnContext);
}

/** The step whose values a node gives. */
export function lastStep(node: Node): Node {
  switch (node.kind) {
    case 'path':
      return lastStep(node.step);
    case 'filter':
    case 'keep':
    case 'sort':
    case 'position':
      return lastStep(node.target);
    case 'block': {
      const last = node.items.at(-1);
      return last ? lastStep(last) : node;
    }
    default:
      return node;
  }
}

export function hasFocus(node: Node): boolean {
  if (node.kind === 'focus') return true;
  if (node.kind === 'path') return hasFocus(node.step);
  return (node.kind === 'filter' || node.kind === 'keep' || node.kind === 'position') && hasFocus(node.target);
}
