import type { Address, SourcePath } from './part.ts';
import { beginsWith } from './part.ts';
import { allNodes, type SourceNode } from './source-tree.ts';
import type { TargetNode } from './target-tree.ts';

export interface Match {
  readonly address: Address;
  readonly path: SourcePath;
}

/**
 * Source values for places of the target that nothing makes yet, by name: letters and digits count, whether they are capitals does not. Below a
 * loop, what its list holds goes first; elsewhere, what no list is around. Where two fit as well, none is taken.
 */
export function matchesByName(target: TargetNode, source: SourceNode): Match[] {
  const candidates = allNodes(source).filter(({ path }) => path.length > 0);
  const lists = candidates.filter(({ isList }) => isList).map(({ path }) => path);
  return matchesBelow(target, [], { candidates, lists });
}

interface Field {
  readonly candidates: readonly SourceNode[];
  readonly lists: readonly SourcePath[];
}

/** `within`: the source value that fields stand for here. */
function matchesBelow(node: TargetNode, within: SourcePath, field: Field): Match[] {
  return node.children.flatMap((child): Match[] => {
    const isOpen = child.state === 'open' || child.state === 'missing';
    if (child.isList) {
      const list = isOpen ? bestOf(child, within, field, true)?.path : child.reads[0];
      if (isOpen && child.children.length === 0) return list ? [{ address: child.address, path: list }] : [];
      return list ? matchesBelow(child, list, field) : [];
    }
    if (child.children.length > 0) return matchesBelow(child, groupFor(child, within, field), field);
    const match = isOpen ? bestOf(child, within, field, false) : undefined;
    return match ? [{ address: child.address, path: match.path }] : [];
  });
}

/** An object of the source of the same name, which then goes first for what is below. */
function groupFor(child: TargetNode, within: SourcePath, { candidates }: Field): SourcePath {
  const same = candidates.filter(
    ({ path, name, isList, children }) =>
      !isList && children.length > 0 && plain(name) === plain(child.name) && beginsWith(path, within),
  );
  return same.length === 1 && same[0] ? same[0].path : within;
}

/** The nearest of the name: directly in `within`, then below it, then from the beginning; only lists around `within` may be around it. */
function bestOf(child: TargetNode, within: SourcePath, { candidates, lists }: Field, list: boolean) {
  const fitting = candidates.filter(
    ({ name, path, isList, children }) =>
      plain(name) === plain(child.name) &&
      isList === list &&
      (list || children.length === 0) &&
      lists.every((around) => !beginsWith(path, around) || beginsWith(within, around) || (list && around === path)),
  );
  const direct = fitting.filter(({ path }) => path.length === within.length + 1 && beginsWith(path, within));
  const below = fitting.filter(({ path }) => beginsWith(path, within));
  const [nearest] = [direct, below, fitting].filter(({ length }) => length > 0);
  return nearest?.length === 1 ? nearest[0] : undefined;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
