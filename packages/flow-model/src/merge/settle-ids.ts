import type { Flow, FlowEdge, FlowNode, Layout, NodeGroup, Note, Sample } from '../document.ts';
import type { FlowTest } from '../flow-test.ts';
import { freeGroupId, freeNoteId } from '../layout-change.ts';
import { freeEdgeId, freeNodeId } from '../new-flow.ts';
import { renameNodeReferences } from '../node-references.ts';
import { isSame } from './merge-values.ts';

/** A name that both sides gave to something new of theirs, and what ours is called instead. */
export interface Renamed {
  readonly kind: 'node' | 'sample' | 'test';
  readonly from: string;
  readonly to: string;
}

/**
 * `mine` with other ids for what both sides added under one id, so that neither replaces the other; theirs is saved already and may run.
 * Edges, undoing actions, places, groups and `$nodes.<id>` in expressions follow.
 */
export function settleIds(base: Flow, mine: Flow, theirs: Flow): { mine: Flow; renamed: readonly Renamed[] } {
  const renamed: Renamed[] = [];
  let flow = mine;
  for (const id of clashes(base.nodes, mine.nodes, theirs.nodes, (node) => node.id)) {
    const to = freeNodeId({ ...flow, nodes: [...flow.nodes, ...theirs.nodes, ...base.nodes] }, id);
    flow = renameNode(flow, id, to);
    renamed.push({ kind: 'node', from: id, to });
  }
  for (const id of clashes(base.edges, flow.edges, theirs.edges, (edge) => edge.id)) {
    const to = freeEdgeId({ ...flow, edges: [...flow.edges, ...theirs.edges, ...base.edges] });
    flow = { ...flow, edges: flow.edges.map((edge) => (edge.id === id ? { ...edge, id: to } : edge)) };
  }
  for (const name of clashes(base.samples ?? [], flow.samples ?? [], theirs.samples ?? [], (sample) => sample.name)) {
    const to = freeName(name, [...(flow.samples ?? []), ...(theirs.samples ?? []), ...(base.samples ?? [])]);
    flow = { ...flow, samples: flow.samples?.map((one) => (one.name === name ? { ...one, name: to } : one)) ?? [] };
    renamed.push({ kind: 'sample', from: name, to });
  }
  for (const name of clashes(base.tests ?? [], flow.tests ?? [], theirs.tests ?? [], (test) => test.name)) {
    const to = freeName(name, [...(flow.tests ?? []), ...(theirs.tests ?? []), ...(base.tests ?? [])]);
    flow = { ...flow, tests: flow.tests?.map((one) => (one.name === name ? { ...one, name: to } : one)) ?? [] };
    renamed.push({ kind: 'test', from: name, to });
  }
  return { mine: { ...flow, ...settledLayout(base.layout, flow.layout, theirs.layout) }, renamed };
}

/** Ids of groups and notes are shown nowhere, so that nobody needs to be told of another one. */
function settledLayout(base: Layout | undefined, mine: Layout | undefined, theirs: Layout | undefined) {
  if (mine === undefined) return {};
  const layout = { ...mine };
  for (const id of clashes(base?.groups ?? [], mine.groups ?? [], theirs?.groups ?? [], (group) => group.id)) {
    const to = freeGroupId({ nodes: {}, groups: [...(layout.groups ?? []), ...(theirs?.groups ?? [])] });
    layout.groups = layout.groups?.map((group) => (group.id === id ? { ...group, id: to } : group)) ?? [];
  }
  for (const id of clashes(base?.notes ?? [], mine.notes ?? [], theirs?.notes ?? [], (note) => note.id)) {
    const to = freeNoteId({ nodes: {}, notes: [...(layout.notes ?? []), ...(theirs?.notes ?? [])] });
    layout.notes = layout.notes?.map((note) => (note.id === id ? { ...note, id: to } : note)) ?? [];
  }
  return { layout };
}

function clashes<Item extends FlowNode | FlowEdge | Sample | FlowTest | NodeGroup | Note>(
  base: readonly Item[],
  mine: readonly Item[],
  theirs: readonly Item[],
  nameOf: (item: Item) => string,
): string[] {
  const known = new Set(base.map(nameOf));
  const others = new Map(theirs.map((item) => [nameOf(item), item]));
  return mine.flatMap((item) => {
    const name = nameOf(item);
    const other = others.get(name);
    return other === undefined || known.has(name) || isSame(item, other) ? [] : [name];
  });
}

function renameNode(flow: Flow, from: string, to: string): Flow {
  const other = (id: string): string => (id === from ? to : id);
  const nodes = flow.nodes.map((node): FlowNode => {
    const { id, config, compensate } = node;
    return {
      ...node,
      id: other(id),
      config: withReferences(config, new Map([[from, to]])) as FlowNode['config'],
      ...(compensate === undefined ? {} : { compensate: other(compensate) }),
    };
  });
  const edges = flow.edges.map((edge) => ({ ...edge, source: other(edge.source), target: other(edge.target) }));
  if (flow.layout === undefined) return { ...flow, nodes, edges };
  const places = Object.entries(flow.layout.nodes).map(([id, place]) => [other(id), place] as const);
  const groups = flow.layout.groups?.map((group) => ({ ...group, nodes: group.nodes.map(other) }));
  const layout = { ...flow.layout, nodes: Object.fromEntries(places), ...(groups ? { groups } : {}) };
  return { ...flow, nodes, edges, layout };
}

/** The value with `$nodes.<from>` in its texts led to the new id. */
function withReferences(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return renameNodeReferences(value, ids);
  if (Array.isArray(value)) return value.map((item) => withReferences(item, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withReferences(child, ids)]));
}

function freeName(name: string, known: readonly { readonly name: string }[]): string {
  const taken = new Set(known.map((one) => one.name));
  let number = 2;
  while (taken.has(`${name} (${number})`)) number++;
  return `${name} (${number})`;
}
