import type { FlowChange } from './apply-change.ts';
import type { Flow, FlowEdge, FlowNode } from './document.ts';
import { ERROR_HANDLE, handlesOf } from './handles.ts';
import type { NodeManifest } from './manifest.ts';
import { defaultNode } from './new-flow.ts';
import { nodeIssues } from './node-issues.ts';
import { keysOf } from './pointer.ts';

/** Whether a node of one type may become one of the other: a trigger only another trigger, all else anything but a trigger. */
export function canReplaceType(from: NodeManifest | undefined, to: NodeManifest): boolean {
  return from !== undefined && from.type !== to.type && (from.kind === 'trigger') === (to.kind === 'trigger');
}

/**
 * Makes a node one of another type, as one step of undo. It keeps its id, its names, every setting that the new type has and takes as it is, and
 * what of retry, timeout, connection and so on fits. Edges stay where the handle is still there; where all left by one handle that is gone,
 * they leave by the first of the new ones. `dropped` names the settings and counts the edges that went.
 */
export function replaceType(
  flow: Flow,
  nodeId: string,
  manifest: NodeManifest,
  manifests: ReadonlyMap<string, NodeManifest>,
): { change: FlowChange; dropped: { fields: string[]; edges: number } } | undefined {
  const before = flow.nodes.find(({ id }) => id === nodeId);
  if (!before) return undefined;
  const { node, fields } = fitted(before, manifest, manifests);
  const edges = flow.edges.filter(({ source, target }) => source === nodeId || target === nodeId);
  const kept = edges.flatMap((edge) => refitted(edge, flow, node, manifest));
  const changes: FlowChange[] = [{ kind: 'replaceNode', node }];
  const changed = edges.filter((edge) => !kept.includes(edge));
  if (changed.length > 0) changes.push({ kind: 'removeEdges', edgeIds: changed.map(({ id }) => id) });
  changes.push(...kept.filter((edge) => !edges.includes(edge)).map((edge): FlowChange => ({ kind: 'addEdge', edge })));
  return { change: { kind: 'batch', changes }, dropped: { fields, edges: edges.length - kept.length } };
}

function fitted(before: FlowNode, manifest: NodeManifest, manifests: ReadonlyMap<string, NodeManifest>) {
  const { type, typeVersion: _version, config, ...own } = before;
  const fresh = defaultNode(manifest, before.id, { formatVersion: 1, id: 'f', name: 'F', nodes: [], edges: [] });
  const known = Object.keys(config).filter((name) => Object.hasOwn(manifest.config.properties, name));
  const node: Record<string, unknown> & FlowNode = {
    ...own,
    ...fresh,
    config: { ...fresh.config, ...Object.fromEntries(known.map((name) => [name, structuredClone(config[name])])) },
  };
  const dropped = new Set(Object.keys(config).filter((name) => !known.includes(name)));
  if (!sharesConnections(manifests.get(type), manifest) && node.connection !== undefined) {
    dropped.add('connection');
    delete node.connection;
  }
  const context = { manifests: new Map([[manifest.type, manifest]]), checkMapping: () => undefined };
  for (const { path } of nodeIssues({ index: 0, node }, context)) {
    const [, , field = '', name = ''] = keysOf(path);
    if (field === 'config' && known.includes(name)) {
      dropped.add(name);
      if (Object.hasOwn(fresh.config, name)) node.config[name] = fresh.config[name];
      else delete node.config[name];
    } else if (field !== 'config' && Object.hasOwn(own, field) && field !== 'id') {
      dropped.add(field);
      delete node[field];
    }
  }
  return { node: node as FlowNode, fields: [...dropped] };
}

function sharesConnections(from: NodeManifest | undefined, to: NodeManifest): boolean {
  return (to.connection?.types ?? []).some((type) => from?.connection?.types.includes(type));
}

/** The edge, with the handle it has now; nothing where there is none for it. */
function refitted(edge: FlowEdge, flow: Flow, node: FlowNode, manifest: NodeManifest): FlowEdge[] {
  const handles = handlesOf(node, manifest);
  if (edge.target === node.id) {
    const [first] = handles.in;
    if (handles.in.includes(edge.targetHandle)) return [edge];
    return first === undefined ? [] : [{ ...edge, targetHandle: first }];
  }
  if (handles.out.includes(edge.sourceHandle)) return [edge];
  const first = handles.out.find((handle) => handle !== ERROR_HANDLE);
  const left = new Set(flow.edges.filter(({ source }) => source === node.id).map(({ sourceHandle }) => sourceHandle));
  return first === undefined || left.size > 1 || edge.sourceHandle === ERROR_HANDLE
    ? []
    : [{ ...edge, sourceHandle: first }];
}
