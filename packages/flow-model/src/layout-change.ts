import type { Layout, LayoutColor, MappingTarget, NodeGroup, Note } from './document.ts';

/** Edits of what only the drawing has. */
export type LayoutChange =
  /** Adds a group, or takes the place of the one with its id; its nodes leave other groups, and a group without nodes goes. */
  | { kind: 'putGroup'; group: NodeGroup }
  /** The nodes stay. */
  | { kind: 'removeGroup'; groupId: string }
  /** Adds a note, or takes the place of the one with its id. */
  | { kind: 'putNote'; note: Note }
  | { kind: 'removeNote'; noteId: string }
  /** Says what the node's mapping is to make; undefined takes that back. */
  | { kind: 'setTarget'; nodeId: string; target: MappingTarget | undefined };

/** Colours of groups and notes, in the order in which they are offered. */
export const LAYOUT_COLORS: readonly LayoutColor[] = ['grey', 'blue', 'green', 'amber', 'red', 'violet'];

/** The layout after one of these edits. */
export function changeLayout(layout: Layout, change: LayoutChange): Layout {
  const { groups = [], notes = [] } = layout;
  switch (change.kind) {
    case 'putGroup': {
      const taken = new Set(change.group.nodes);
      const others = groups.map((group) => (group.id === change.group.id ? group : without(group, taken)));
      return withGroups(layout, put(others, change.group));
    }
    case 'removeGroup':
      return withGroups(
        layout,
        groups.filter(({ id }) => id !== change.groupId),
      );
    case 'putNote':
      return { ...layout, notes: put(notes, change.note) };
    case 'removeNote': {
      const { notes: _notes, ...rest } = layout;
      const left = notes.filter(({ id }) => id !== change.noteId);
      return left.length > 0 ? { ...rest, notes: left } : rest;
    }
    case 'setTarget': {
      const { [change.nodeId]: _before, ...others } = layout.targets ?? {};
      return withTargets(layout, change.target ? { ...others, [change.nodeId]: change.target } : others);
    }
  }
}

/** The layout without these nodes; a group that is left without any goes too. */
export function withoutNodes(layout: Layout, ids: ReadonlySet<string>): Layout {
  const nodes = Object.fromEntries(Object.entries(layout.nodes).filter(([id]) => !ids.has(id)));
  const groups = (layout.groups ?? []).map((group) => without(group, ids));
  const targets = Object.entries(layout.targets ?? {}).filter(([id]) => !ids.has(id));
  return withTargets(withGroups({ ...layout, nodes }, groups), Object.fromEntries(targets));
}

function withTargets({ targets: _targets, ...layout }: Layout, targets: Record<string, MappingTarget>): Layout {
  return Object.keys(targets).length > 0 ? { ...layout, targets } : layout;
}

/** An empty list is left out of the document, and so is a group without nodes. */
function withGroups({ groups: _groups, ...layout }: Layout, groups: readonly NodeGroup[]): Layout {
  const left = groups.filter(({ nodes }) => nodes.length > 0);
  return left.length > 0 ? { ...layout, groups: left } : layout;
}

/** The next of `g1`, `g2` … that no group has. */
export function freeGroupId(layout: Layout | undefined): string {
  return freeId('g', layout?.groups ?? []);
}

/** The next of `t1`, `t2` … that no note has. */
export function freeNoteId(layout: Layout | undefined): string {
  return freeId('t', layout?.notes ?? []);
}

function freeId(prefix: string, items: readonly { id: string }[]): string {
  let number = items.length + 1;
  while (items.some(({ id }) => id === `${prefix}${number}`)) number++;
  return `${prefix}${number}`;
}

function put<Item extends { id: string }>(items: readonly Item[], item: Item): Item[] {
  const index = items.findIndex(({ id }) => id === item.id);
  return index < 0 ? [...items, item] : items.with(index, item);
}

function without(group: NodeGroup, ids: ReadonlySet<string>): NodeGroup {
  return group.nodes.some((id) => ids.has(id)) ? { ...group, nodes: group.nodes.filter((id) => !ids.has(id)) } : group;
}
