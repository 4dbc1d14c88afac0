import type { Layout, NodeGroup, Note } from '../document.ts';
import { withoutNodes } from '../layout-change.ts';
import { isUntouched, mergeItems } from './merge-items.ts';
import { mergeValues, type Settle, type Versions } from './merge-values.ts';

/** What is asked about: the words of groups and notes. Of two places, sizes, colours or targets ours is taken. */
const WORDS: ReadonlySet<string> = new Set(['title', 'text']);

const ours: Settle = (_keys, place) => place.mine ?? place.theirs;

interface LayoutRules {
  readonly settle: Settle;
  /** Of a group or note that one side took away while the other changed it: true keeps it. */
  readonly settleRemoval: (keys: string[], versions: Versions) => boolean;
  readonly nodeIds: ReadonlySet<string>;
}

/**
 * Three-way merge of drawings. Groups and notes are merged by id, the nodes of a group as a set; a node that each side put into another group
 * is in ours, and what is not in `nodeIds` is in none.
 */
export function mergeLayouts(
  versions: Versions<Layout>,
  { settle, settleRemoval, nodeIds }: LayoutRules,
): Layout | undefined {
  const { base, mine, theirs } = versions;
  const settleWords: Settle = (keys, place) => (WORDS.has(keys.at(-1) ?? '') ? settle(keys, place) : ours(keys, place));
  const itemsOf = <Item extends NodeGroup | Note>(list: string, of: (layout: Layout) => Item[] | undefined) => {
    const keysOf = (id: string) => ['layout', list, id];
    const all = [base, mine, theirs].map((layout) => (layout && of(layout)) ?? []);
    const [old = [], own = [], other = []] = all;
    return mergeItems<Item>(
      { base: old, mine: own, theirs: other },
      {
        idOf: ({ id }) => id,
        merge: (id, item) => mergeValues(item, keysOf(id), settleWords) as Item,
        keepRemoved: (id, item) => !isUntouched(item) && settleRemoval(keysOf(id), item),
      },
    );
  };
  const groups = itemsOf('groups', (layout) => layout.groups);
  const notes = itemsOf('notes', (layout) => layout.notes);
  const rest = mergeValues({ base: bare(base), mine: bare(mine), theirs: bare(theirs) }, [], ours);
  if (rest === undefined && groups.length + notes.length === 0) return undefined;
  const layout: Layout = {
    nodes: {},
    ...(rest as Layout | undefined),
    groups: inOneEach(groups, mine?.groups ?? []),
    ...(notes.length > 0 ? { notes } : {}),
  };
  const named = [...groups.flatMap(({ nodes }) => nodes), ...Object.keys(layout.targets ?? {})];
  const gone = named.filter((id) => !nodeIds.has(id));
  return withoutNodes(layout, new Set(gone));
}

function inOneEach(groups: readonly NodeGroup[], own: readonly NodeGroup[]): NodeGroup[] {
  const groupOf = new Map<string, string>();
  const isIn = (id: string, groupId: string) =>
    groups.some((group) => group.id === groupId && group.nodes.includes(id));
  for (const { id: groupId, nodes } of [...own, ...groups])
    for (const id of nodes) if (!groupOf.has(id) && isIn(id, groupId)) groupOf.set(id, groupId);
  return groups.map((group) => ({ ...group, nodes: group.nodes.filter((id) => groupOf.get(id) === group.id) }));
}

function bare(layout: Layout | undefined): Layout | undefined {
  if (layout === undefined) return undefined;
  const { groups: _groups, notes: _notes, ...rest } = layout;
  return rest;
}
