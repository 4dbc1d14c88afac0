import { compensateIssues, compensatingIds } from './compensate-issues.ts';
import type { FlowEdge } from './document.ts';
import { findCycles } from './find-cycles.ts';
import { ERROR_HANDLE, handlesOf } from './handles.ts';
import type { Issue } from './issue.ts';
import { makeIssue } from './make-issue.ts';
import type { NodeManifest } from './manifest.ts';
import type { PlacedNode } from './node-issues.ts';
import { splitBreaches } from './split-scope.ts';

/** An edge with its place in the document. */
export interface PlacedEdge {
  index: number;
  edge: FlowEdge;
}

/** What the graph is made of, without what has no readable id or ends. */
export interface Graph {
  nodes: readonly PlacedNode[];
  edges: readonly PlacedEdge[];
  manifests: ReadonlyMap<string, NodeManifest>;
}

/** Issues of how nodes and edges hang together. */
export function graphIssues(graph: Graph): Issue[] {
  return [
    ...duplicateIds(
      'nodes',
      graph.nodes.map(({ index, node }) => ({ index, id: node.id })),
    ),
    ...duplicateIds(
      'edges',
      graph.edges.map(({ index, edge }) => ({ index, id: edge.id })),
    ),
    ...graph.edges.flatMap((placed) => edgeIssues(placed, graph)),
    ...duplicateEdges(graph.edges),
    ...cycleIssues(graph),
    ...splitIssues(graph),
    ...compensateIssues(graph, (id) => labelOf(nodeOf(graph, id), id)),
    ...reachIssues(graph),
  ];
}

function duplicateIds(list: 'nodes' | 'edges', items: readonly { index: number; id: string }[]): Issue[] {
  const seen = new Set<string>();
  return items.flatMap(({ index, id }) => {
    const isTaken = seen.has(id);
    seen.add(id);
    const owner = list === 'nodes' ? { nodeId: id } : { edgeId: id };
    return isTaken ? [makeIssue('FLOW_DUPLICATE_ID', { ...owner, path: `/${list}/${index}/id`, details: { id } })] : [];
  });
}

function edgeIssues({ index, edge }: PlacedEdge, graph: Graph): Issue[] {
  const at = (field: keyof FlowEdge) => ({ edgeId: edge.id, path: `/edges/${index}/${field}` });
  const source = nodeOf(graph, edge.source);
  const target = nodeOf(graph, edge.target);
  const issues: Issue[] = [];
  if (!source) issues.push(makeIssue('FLOW_EDGE_DANGLING', { ...at('source'), details: { node: edge.source } }));
  else issues.push(...sourceHandleIssues(source, edge, graph, at('sourceHandle')));
  if (!target) issues.push(makeIssue('FLOW_EDGE_DANGLING', { ...at('target'), details: { node: edge.target } }));
  else issues.push(...targetHandleIssues(target, edge, graph, at));
  return issues;
}

function sourceHandleIssues(source: PlacedNode, edge: FlowEdge, graph: Graph, place: { edgeId: string; path: string }) {
  const manifest = graph.manifests.get(source.node.type);
  if (!manifest || handlesOf(source.node, manifest).out.includes(edge.sourceHandle)) return [];
  const needsBranch = edge.sourceHandle === ERROR_HANDLE && manifest.kind !== 'trigger';
  const fix = needsBranch ? { fix: `Set onError of the node to "branch", or delete the edge.` } : {};
  const details = { node: source.node.id, handle: edge.sourceHandle };
  return [makeIssue('FLOW_EDGE_HANDLE', { ...place, nodeId: source.node.id, details, ...fix })];
}

function targetHandleIssues(
  target: PlacedNode,
  edge: FlowEdge,
  graph: Graph,
  at: (field: keyof FlowEdge) => { edgeId: string; path: string },
): Issue[] {
  const { node } = target;
  const manifest = graph.manifests.get(node.type);
  if (!manifest) return [];
  if (manifest.kind === 'trigger') {
    return [makeIssue('FLOW_TRIGGER_INPUT', { ...at('target'), nodeId: node.id, details: { node: node.id } })];
  }
  if (handlesOf(node, manifest).in.includes(edge.targetHandle)) return [];
  const details = { node: node.id, handle: edge.targetHandle };
  return [makeIssue('FLOW_EDGE_HANDLE', { ...at('targetHandle'), nodeId: node.id, details })];
}

function duplicateEdges(edges: readonly PlacedEdge[]): Issue[] {
  const seen = new Set<string>();
  return edges.flatMap(({ index, edge }) => {
    const key = JSON.stringify([edge.source, edge.sourceHandle, edge.target, edge.targetHandle]);
    const isTaken = seen.has(key);
    seen.add(key);
    return isTaken ? [makeIssue('FLOW_EDGE_DUPLICATE', { edgeId: edge.id, path: `/edges/${index}` })] : [];
  });
}

function cycleIssues(graph: Graph): Issue[] {
  // An edge into a trigger is an issue of its own; it must go anyway.
  const edges = graph.edges.filter(({ edge }) => kindOf(graph, edge.target) !== 'trigger');
  return findCycles(edges.map(({ edge }) => edge)).map((cycle) => {
    const names = cycle.map((id) => labelOf(nodeOf(graph, id), id));
    const last = graph.edges.find(({ edge }) => edge.source === cycle.at(-1) && edge.target === cycle[0]);
    return makeIssue('FLOW_CYCLE', {
      path: last ? `/edges/${last.index}` : '/edges',
      ...(last ? { edgeId: last.edge.id } : {}),
      ...(cycle[0] === undefined ? {} : { nodeId: cycle[0] }),
      details: { nodes: names.map((name) => `"${name}"`) },
    });
  });
}

function splitIssues(graph: Graph): Issue[] {
  const splits = graph.nodes.filter(({ node }) => graph.manifests.get(node.type)?.control === 'split');
  const placed = graph.edges.map(({ edge, index }) => ({ ...edge, index }));
  const ids = splits.map(({ node }) => node.id);
  return splitBreaches(ids, placed).map(({ edge: { id, index, target }, split }) => {
    const details = { node: labelOf(nodeOf(graph, target), target), split: labelOf(nodeOf(graph, split), split) };
    return makeIssue('FLOW_SPLIT_SCOPE', { path: `/edges/${index}`, edgeId: id, nodeId: target, details });
  });
}

/** No trigger at all, or nodes that none leads to: of a region cut off, the nodes at its head. */
function reachIssues(graph: Graph): Issue[] {
  const targets = new Set(graph.edges.map(({ edge }) => edge.target));
  // A node of an unknown type may be a trigger, or one that a mended edge will reach: it has its own issue already.
  const starts = graph.nodes.filter(({ node }) => {
    const manifest = graph.manifests.get(node.type);
    return manifest ? manifest.kind === 'trigger' : !targets.has(node.id);
  });
  if (starts.length === 0) return [makeIssue('FLOW_NO_TRIGGER', { path: '/nodes' })];
  const reached = reachedFrom(
    starts.map(({ node }) => node.id),
    graph,
  );
  const undoing = compensatingIds(graph);
  return graph.nodes
    .filter(({ node }) => !reached.has(node.id) && !targets.has(node.id) && !undoing.has(node.id))
    .map(({ index, node }) =>
      makeIssue('FLOW_UNREACHABLE', {
        severity: 'warning',
        nodeId: node.id,
        path: `/nodes/${index}`,
        details: { node: labelOf({ index, node }, node.id) },
      }),
    );
}

function reachedFrom(starts: readonly string[], graph: Graph): Set<string> {
  const bySource = Map.groupBy(graph.edges, ({ edge }) => edge.source);
  const reached = new Set<string>();
  const open = [...starts];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    for (const { edge } of bySource.get(id) ?? []) open.push(edge.target);
  }
  return reached;
}

function kindOf(graph: Graph, id: string): NodeManifest['kind'] | undefined {
  return graph.manifests.get(nodeOf(graph, id)?.node.type ?? '')?.kind;
}

function nodeOf(graph: Graph, id: string): PlacedNode | undefined {
  return graph.nodes.find(({ node }) => node.id === id);
}

/** The name people gave the node; a broken document may have anything there. */
function labelOf(placed: PlacedNode | undefined, id: string): string {
  const name: unknown = placed?.node.name;
  return typeof name === 'string' && name !== '' ? name : id;
}
