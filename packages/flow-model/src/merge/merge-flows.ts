import type { Flow, FlowEdge, FlowNode, Sample } from '../document.ts';
import type { FlowTest } from '../flow-test.ts';
import { isUntouched, mergeItems } from './merge-items.ts';
import { mergeLayouts } from './merge-layout.ts';
import { isSame, mergeValues, type Settle, type Side, type Versions } from './merge-values.ts';
import { type Renamed, settleIds } from './settle-ids.ts';

/** One thing that both sides changed, each in its own way. */
export interface MergeConflict extends Versions {
  /** Names it among the conflicts of one merge, whatever is chosen. */
  readonly id: string;
  readonly nodeId?: string;
  /** Keys that lead to it: in the node where there is one, else in the document. Empty for a whole node. */
  readonly keys: readonly string[];
  /** One side took the node, edge, sample, group or note away that the other changed, or joined to others. */
  readonly removedBy?: Side;
}

export interface FlowMerge {
  /** Both sides' changes; of a conflict the side that was chosen, ours until then. */
  readonly flow: Flow;
  readonly conflicts: readonly MergeConflict[];
  readonly renamed: readonly Renamed[];
}

/**
 * Three-way merge of flow documents: `mine` and `theirs` both began as `base`. Edges without ends go, an edge that both sides drew is there
 * once, of two places or colours on the canvas ours is taken; what groups and notes say is asked about. Whether the result is a sound flow is
 * for `validateFlow` to say.
 * @param choices by the id of a conflict
 */
export function mergeFlows(
  versions: { readonly base: Flow; readonly mine: Flow; readonly theirs: Flow },
  choices: Readonly<Record<string, Side>> = {},
): FlowMerge {
  const { base, theirs } = versions;
  const { mine, renamed } = settleIds(base, versions.mine, theirs);
  const conflicts: MergeConflict[] = [];
  const chosen = (conflict: Omit<MergeConflict, 'id'>): Side => {
    const id = [conflict.nodeId ?? '', ...conflict.keys].join('/');
    conflicts.push({ id, ...conflict });
    return choices[id] ?? 'mine';
  };
  const settle =
    (place: { nodeId?: string } = {}): Settle =>
    (keys, { base: old, mine: own, theirs: other }) =>
      chosen({ ...place, keys, base: old, mine: own, theirs: other }) === 'mine' ? own : other;
  const settleRemoval = (place: { nodeId?: string; keys: string[] }, item: Versions): boolean => {
    const removedBy = item.mine === undefined ? 'mine' : 'theirs';
    return chosen({ ...place, ...item, removedBy }) !== removedBy;
  };

  const joined = { mine: joinedIn(base, mine), theirs: joinedIn(base, theirs) };
  const nodes = mergeItems<FlowNode>(
    { base: base.nodes, mine: mine.nodes, theirs: theirs.nodes },
    {
      idOf: ({ id }) => id,
      merge: (nodeId, node) => mergeNode(node, settle({ nodeId })),
      keepRemoved: (nodeId, node) => {
        const isUsed = joined[node.mine === undefined ? 'theirs' : 'mine'].has(nodeId);
        return (isUsed || !isUntouched(node)) && settleRemoval({ nodeId, keys: [] }, node);
      },
    },
  );
  const edges = mergeItems<FlowEdge>(
    { base: base.edges, mine: mine.edges, theirs: theirs.edges },
    {
      idOf: ({ id }) => id,
      merge: (id, edge) => mergeWhole(edge, (item) => settle()(['edges', id], item)),
      keepRemoved: (id, edge) => !isUntouched(edge) && settleRemoval({ keys: ['edges', id] }, edge),
    },
  );
  const samples = mergeItems<Sample>(
    { base: base.samples ?? [], mine: mine.samples ?? [], theirs: theirs.samples ?? [] },
    {
      idOf: ({ name }) => name,
      merge: (name, sample) => mergeValues(sample, ['samples', name], settle()) as Sample,
      keepRemoved: (name, sample) => !isUntouched(sample) && settleRemoval({ keys: ['samples', name] }, sample),
    },
  );
  const tests = mergeItems<FlowTest>(
    { base: base.tests ?? [], mine: mine.tests ?? [], theirs: theirs.tests ?? [] },
    {
      idOf: ({ name }) => name,
      merge: (name, test) => mergeWhole(test, (item) => settle()(['tests', name], item)),
      keepRemoved: (name, test) => !isUntouched(test) && settleRemoval({ keys: ['tests', name] }, test),
    },
  );
  const layout = mergeLayouts(
    { base: base.layout, mine: mine.layout, theirs: theirs.layout },
    {
      settle: settle(),
      settleRemoval: (keys, item) => settleRemoval({ keys }, item),
      nodeIds: new Set(nodes.map(({ id }) => id)),
    },
  );
  const fields = mergeValues({ base: fieldsOf(base), mine: fieldsOf(mine), theirs: fieldsOf(theirs) }, [], settle());
  const flow = {
    ...(fields as Omit<Flow, 'nodes' | 'edges'>),
    nodes,
    edges: soundEdges(nodes, edges),
    ...(samples.length > 0 || mine.samples || theirs.samples ? { samples } : {}),
    ...(tests.length > 0 || mine.tests || theirs.tests ? { tests } : {}),
    ...(layout === undefined ? {} : { layout }),
  };
  return { flow, conflicts, renamed };
}

/** A node of another type is another node: only as a whole do its settings fit together. */
function mergeNode(node: Versions<FlowNode>, settle: Settle): FlowNode {
  const types = new Set([node.base?.type, node.mine?.type, node.theirs?.type]);
  return types.size > 1 ? mergeWhole(node, (item) => settle([], item)) : (mergeValues(node, [], settle) as FlowNode);
}

function mergeWhole<Item>(item: Versions<Item>, settle: (item: Versions<Item>) => unknown): Item {
  const { base, mine, theirs } = item;
  if (isSame(mine, theirs) || isSame(base, theirs)) return mine as Item;
  return (isSame(base, mine) ? theirs : settle(item)) as Item;
}

/** Nodes that this side newly leads an edge to or from, or names as the undoing of another. */
function joinedIn(base: Flow, side: Flow): ReadonlySet<string> {
  const oldEdges = new Map(base.edges.map((edge) => [edge.id, edge]));
  const oldNodes = new Map(base.nodes.map((node) => [node.id, node]));
  const ends = side.edges
    .filter((edge) => !isSame(edge, oldEdges.get(edge.id)))
    .flatMap(({ source, target }) => [source, target]);
  const undoing = side.nodes
    .filter(({ id, compensate }) => compensate !== oldNodes.get(id)?.compensate)
    .flatMap(({ compensate }) => compensate ?? []);
  return new Set([...ends, ...undoing]);
}

function soundEdges(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): FlowEdge[] {
  const ids = new Set(nodes.map(({ id }) => id));
  const drawn = new Set<string>();
  return edges.filter(({ source, sourceHandle, target, targetHandle }) => {
    const ends = JSON.stringify([source, sourceHandle, target, targetHandle]);
    if (!ids.has(source) || !ids.has(target) || drawn.has(ends)) return false;
    drawn.add(ends);
    return true;
  });
}

function fieldsOf({
  nodes: _nodes,
  edges: _edges,
  samples: _samples,
  tests: _tests,
  layout: _layout,
  ...fields
}: Flow) {
  return fields;
}
