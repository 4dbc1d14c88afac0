/** A place of a tree as one line of a column. */
export interface BoardRow<Node> {
  readonly node: Node;
  readonly id: string;
  readonly parentId: string | undefined;
  readonly depth: number;
  readonly isOpen: boolean;
  readonly hasChildren: boolean;
}

interface Place {
  readonly name: string;
  readonly children: readonly this[];
}

export const rowId = (steps: readonly (string | number)[]): string => JSON.stringify(steps);

/**
 * The lines of a tree, without what is below the folded ones. With a `search` those whose names hold it, with those around and below them; folds
 * do not count then.
 */
export function boardRows<Node extends Place>(
  roots: readonly Node[],
  idOf: (node: Node) => string,
  folded: ReadonlySet<string>,
  search = '',
): BoardRow<Node>[] {
  const wanted = search.trim().toLowerCase();
  const rows: BoardRow<Node>[] = [];
  const add = (node: Node, parentId: string | undefined, depth: number, isBelowHit: boolean): boolean => {
    const id = idOf(node);
    const at = rows.length;
    const isOpen = wanted !== '' || !folded.has(id);
    rows.push({ node, id, parentId, depth, isOpen, hasChildren: node.children.length > 0 });
    const isHit = isBelowHit || node.name.toLowerCase().includes(wanted);
    let isKept = isHit;
    if (isOpen) for (const child of node.children) isKept = add(child, id, depth + 1, isHit) || isKept;
    if (!isKept) rows.length = at;
    return isKept;
  };
  for (const root of roots) add(root, undefined, 0, false);
  return rows;
}

/** Where a line ends that leads to `steps`: the row itself, or the nearest around it that shows. */
export function rowIndexOf(ids: ReadonlyMap<string, number>, steps: readonly (string | number)[]): number | undefined {
  for (let length = steps.length; length >= 0; length--) {
    const index = ids.get(rowId(steps.slice(0, length)));
    if (index !== undefined) return index;
  }
  return undefined;
}
