import type { Flow } from './document.ts';
import { handlesOf } from './handles.ts';
import type { NodeManifest } from './manifest.ts';
import { splitBreaches } from './split-scope.ts';

/** One end of an edge. */
export interface HandleRef {
  nodeId: string;
  handle: string;
}

/** Whether an edge may be drawn; `reason` is a sentence for the person who draws. */
export type ConnectAnswer = { ok: true } | { ok: false; reason: string };

const refuse = (reason: string): ConnectAnswer => ({ ok: false, reason });

/**
 * Whether an edge from the out handle `from` to the in handle `to` would be sound: both exist, it leads into no trigger, is not there yet,
 * closes no cycle, and leads to no node behind `each` of a split from elsewhere. A node whose type is unknown takes and gives nothing.
 */
export function canConnect(
  flow: Flow,
  manifests: ReadonlyMap<string, NodeManifest>,
  from: HandleRef,
  to: HandleRef,
): ConnectAnswer {
  const source = flow.nodes.find((node) => node.id === from.nodeId);
  const target = flow.nodes.find((node) => node.id === to.nodeId);
  if (!source || !target) return refuse('The node does not exist any more.');
  if (source === target) return refuse('A node cannot be connected to itself.');
  const sourceManifest = manifests.get(source.type);
  const targetManifest = manifests.get(target.type);
  if (!sourceManifest || !targetManifest) return refuse('A node of an unknown type cannot be connected.');
  if (targetManifest.kind === 'trigger') return refuse('A trigger starts executions; nothing can lead into it.');
  if (!handlesOf(source, sourceManifest).out.includes(from.handle)) return refuse('An edge starts at an output.');
  if (!handlesOf(target, targetManifest).in.includes(to.handle)) return refuse('An edge ends at an input.');
  const isThere = flow.edges.some(
    (edge) =>
      edge.source === from.nodeId &&
      edge.sourceHandle === from.handle &&
      edge.target === to.nodeId &&
      edge.targetHandle === to.handle,
  );
  if (isThere) return refuse('These two are connected already.');
  if (leadsTo(flow, to.nodeId, from.nodeId)) return refuse('That would close a cycle; flows run forwards only.');
  if (breaksSplit(flow, manifests, from, to))
    return refuse('What is behind "each" of a split belongs to it alone; go on from its "done".');
  return { ok: true };
}

function breaksSplit(
  flow: Flow,
  manifests: ReadonlyMap<string, NodeManifest>,
  from: HandleRef,
  to: HandleRef,
): boolean {
  const splits = flow.nodes.filter(({ type }) => manifests.get(type)?.control === 'split').map(({ id }) => id);
  const added = { source: from.nodeId, sourceHandle: from.handle, target: to.nodeId };
  return splitBreaches(splits, [...flow.edges, added]).length > splitBreaches(splits, flow.edges).length;
}

function leadsTo(flow: Flow, start: string, goal: string): boolean {
  const targets = Map.groupBy(flow.edges, (edge) => edge.source);
  const seen = new Set<string>();
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === goal) return true;
    if (seen.has(node)) continue;
    seen.add(node);
    for (const edge of targets.get(node) ?? []) open.push(edge.target);
  }
  return false;
}
