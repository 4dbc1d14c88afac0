import type { Graph } from './graph-issues.ts';
import type { Issue } from './issue.ts';
import { makeIssue } from './make-issue.ts';
import type { PlacedNode } from './node-issues.ts';

/** Issues of nodes that name a node to undo them: it must be another action, which no edge leads to or on from. */
export function compensateIssues(graph: Graph, labelOf: (id: string) => string): Issue[] {
  return graph.nodes.flatMap((placed) => {
    const { compensate } = placed.node;
    const problem = typeof compensate === 'string' ? problemOf(placed, compensate, graph) : undefined;
    if (compensate === undefined || problem === undefined) return [];
    const { reason, fix } = problem;
    const details = { node: labelOf(placed.node.id), compensate: labelOf(compensate), reason };
    const place = { nodeId: placed.node.id, path: `/nodes/${placed.index}/compensate` };
    return [makeIssue('FLOW_COMPENSATE', { ...place, details, ...(fix === undefined ? {} : { fix }) })];
  });
}

/** Ids of the nodes that run only to undo others, and so need nothing that leads to them. */
export function compensatingIds(graph: Graph): Set<string> {
  return new Set(
    graph.nodes.flatMap(({ node: { id, compensate } }) => (compensate && compensate !== id ? [compensate] : [])),
  );
}

function problemOf(
  { node }: PlacedNode,
  compensate: string,
  graph: Graph,
): { reason: string; fix?: string } | undefined {
  if (compensate === node.id) return { reason: 'that is the node itself' };
  const undoing = graph.nodes.find((other) => other.node.id === compensate);
  if (!undoing) return { reason: 'there is no such node' };
  const manifest = graph.manifests.get(undoing.node.type);
  if (manifest && manifest.kind !== 'action') return { reason: 'it is no action' };
  if (graph.edges.some(({ edge }) => edge.target === compensate)) return { reason: 'an edge leads to it' };
  if (graph.edges.some(({ edge }) => edge.source === compensate))
    return { reason: 'an edge leads on from it, which is never taken', fix: 'Delete that edge.' };
  return undefined;
}
