import type { FlowChange, Position } from './apply-change.ts';
import { configExpressions } from './config-expressions.ts';
import type { Flow, FlowEdge, FlowNode } from './document.ts';
import { changeLayout, freeGroupId } from './layout-change.ts';
import type { NodeManifest } from './manifest.ts';
import { freeEdgeId, freeNodeId } from './new-flow.ts';
import { renameNodeReferences } from './node-references.ts';

/**
 * Some nodes of a flow with the edges among them, their places, the groups that are theirs alone and what their mappings are to make, as a flow document
 * of its own: what copying puts on the clipboard, as the text of `serialiseFlow`. It carries the id and the name of the flow it comes from, but no settings and no samples.
 */
export function extractPart(
  flow: Flow,
  nodeIds: readonly string[],
  places: ReadonlyMap<string, Position> = new Map(Object.entries(flow.layout?.nodes ?? {})),
): Flow {
  const ids = new Set(nodeIds);
  const nodes = flow.nodes.filter(({ id }) => ids.has(id));
  const groups = (flow.layout?.groups ?? []).filter(
    (group) => group.nodes.length > 0 && group.nodes.every((id) => ids.has(id)),
  );
  const targets = Object.entries(flow.layout?.targets ?? {}).filter(([id]) => ids.has(id));
  return {
    formatVersion: 1,
    id: flow.id,
    name: flow.name,
    nodes,
    edges: flow.edges.filter(({ source, target }) => ids.has(source) && ids.has(target)),
    layout: {
      nodes: Object.fromEntries(
        nodes.flatMap(({ id }) => {
          const place = places.get(id);
          return place ? [[id, place] as const] : [];
        }),
      ),
      ...(groups.length > 0 ? { groups } : {}),
      ...(targets.length > 0 ? { targets: Object.fromEntries(targets) } : {}),
    },
  };
}

/**
 * Puts copies of a part's nodes into a flow, as one step of undo. A copy keeps its id where that is free, and gets another one otherwise; edges,
 * `compensate` and `$nodes.<id>` in expressions follow. `compensate` that names a node outside of the part stays only in the flow it comes from.
 * `places` are keyed by the part's ids; `nodeIds` are the new ones, in the part's order.
 */
export function pastePart(
  flow: Flow,
  part: Flow,
  places: ReadonlyMap<string, Position>,
  manifests: ReadonlyMap<string, NodeManifest>,
): { change: FlowChange; nodeIds: string[] } {
  const ids = new Map<string, string>();
  const grown: Flow = { ...flow, nodes: [...flow.nodes] };
  const copies = part.nodes.map((node) => {
    const copy = { ...structuredClone(node), id: freeNodeId(grown, soundId(grown, node.id)) };
    grown.nodes.push(copy);
    if (!ids.has(node.id)) ids.set(node.id, copy.id);
    return copy;
  });
  const renamed = new Map([...ids].filter(([before, after]) => before !== after));
  const outside = new Set(part.id === flow.id ? flow.nodes.map(({ id }) => id) : []);
  const changes: FlowChange[] = copies.map((copy, index) => {
    const position = places.get(part.nodes[index]?.id ?? '');
    const node = withReferences(copy, ids, renamed, outside, manifests.get(copy.type));
    return { kind: 'addNode', node, ...(position ? { position } : {}) };
  });
  changes.push(...edgesAmong(flow, part, ids).map((edge): FlowChange => ({ kind: 'addEdge', edge })));
  for (const group of part.layout?.groups ?? []) {
    const nodes = group.nodes.flatMap((id) => ids.get(id) ?? []);
    const copy = { ...group, id: freeGroupId(grown.layout), nodes };
    grown.layout = changeLayout(grown.layout ?? { nodes: {} }, { kind: 'putGroup', group: copy });
    changes.push({ kind: 'putGroup', group: copy });
  }
  for (const [id, target] of Object.entries(part.layout?.targets ?? {})) {
    const nodeId = ids.get(id);
    if (nodeId !== undefined) changes.push({ kind: 'setTarget', nodeId, target });
  }
  return { change: { kind: 'batch', changes }, nodeIds: copies.map(({ id }) => id) };
}

/** The id itself where a node can have it and none has; else what a free one is made of: `map2` is followed by `map3`, not `map22`. */
function soundId(flow: Flow, id: string): string {
  const sound = id.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 60) || 'node';
  return flow.nodes.some((node) => node.id === sound) ? sound.replace(/(?<=\D)\d+$/, '') : sound;
}

function withReferences(
  node: FlowNode,
  ids: ReadonlyMap<string, string>,
  renamed: ReadonlyMap<string, string>,
  outside: ReadonlySet<string>,
  manifest: NodeManifest | undefined,
): FlowNode {
  const { compensate, ...rest } = node;
  const undoneBy = compensate === undefined ? undefined : (ids.get(compensate) ?? keptIn(outside, compensate));
  const config = manifest && renamed.size > 0 ? withRenamed(node.config, manifest, renamed) : node.config;
  return { ...rest, config, ...(undoneBy === undefined ? {} : { compensate: undoneBy }) };
}

function keptIn(ids: ReadonlySet<string>, id: string): string | undefined {
  return ids.has(id) ? id : undefined;
}

function withRenamed(config: FlowNode['config'], manifest: NodeManifest, renamed: ReadonlyMap<string, string>) {
  const changed = structuredClone(config);
  for (const { kind, keys, value } of configExpressions(config, manifest.config)) {
    if (kind === 'json-schema' || typeof value !== 'string') continue;
    const source = renameNodeReferences(value, renamed);
    if (source !== value) setAt(changed, keys, kind === 'expression' ? `=${source}` : source);
  }
  return changed;
}

/** Sets what is there already: `keys` come from the same config. */
function setAt(config: FlowNode['config'], keys: readonly string[], value: string): void {
  let owner: Record<string, unknown> = config;
  for (const key of keys.slice(0, -1)) owner = owner[key] as Record<string, unknown>;
  owner[keys.at(-1) ?? ''] = value;
}

function edgesAmong(flow: Flow, part: Flow, ids: ReadonlyMap<string, string>): FlowEdge[] {
  const taken: string[] = [];
  return part.edges.flatMap((edge) => {
    const [source, target] = [ids.get(edge.source), ids.get(edge.target)];
    if (source === undefined || target === undefined) return [];
    const id = freeEdgeId(flow, taken);
    taken.push(id);
    return [{ ...edge, id, source, target }];
  });
}
