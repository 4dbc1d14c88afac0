import { ALL_UNITS, type CharSet, unionOf } from './char-set.ts';
import type { RegexNode } from './regex-tree.ts';

/** All units that loops without an upper end may take, and whatever else takes more of the text than the pattern says. */
export function loopUnits(node: RegexNode): CharSet {
  if (node.type === 'backreference') return ALL_UNITS;
  if (node.type === 'repeat' && node.max === Infinity) return unitsIn(node.body);
  return unionOf(partsOf(node).map(loopUnits));
}

/** How many units a match takes at most outside of such loops. */
export function unitsOutsideLoops(node: RegexNode): number {
  if (node.type === 'set') return 1;
  const parts = partsOf(node).map(unitsOutsideLoops);
  if (node.type !== 'repeat') return parts.reduce((all, units) => all + units, 0);
  return (node.max === Infinity ? node.min : node.max) * (parts[0] ?? 0);
}

function unitsIn(node: RegexNode): CharSet {
  if (node.type === 'backreference') return ALL_UNITS;
  return node.type === 'set' ? node.set : unionOf(partsOf(node).map(unitsIn));
}

function partsOf(node: RegexNode): readonly RegexNode[] {
  switch (node.type) {
    case 'concat':
      return node.parts;
    case 'choice':
      return node.options;
    case 'repeat':
    case 'group':
    case 'look':
      return [node.body];
    default:
      return [];
  }
}
