import {
  defaultNode,
  type Flow,
  type FlowChange,
  type FlowNode,
  freeEdgeId,
  freeNodeId,
  handlesOf,
  type NodeManifest,
} from '@crossdock/flow-model';
import {
  CARD_WIDTH,
  type CanvasConnection,
  type CanvasSelection,
  freePlace,
  type Manifests,
  type Point,
  placeNodes,
} from '../../canvas/index.ts';

/** A change together with what is selected after it. */
export interface Edit {
  readonly change: FlowChange;
  readonly select: CanvasSelection;
}

const COLUMN = CARD_WIDTH + 80;
const COPY_OFFSET = 32;

/** A new node of this type at a place, or on an edge, whose ends it then joins. */
export function addNodeAt(flow: Flow, manifest: NodeManifest, at: Point, edgeId: string | undefined): Edit {
  const node = defaultNode(manifest, undefined, flow);
  const select = only(node.id);
  const handles = handlesOf(node, manifest);
  const [inHandle] = handles.in;
  const outHandle = handles.out.find((handle) => handle === 'out') ?? handles.out.at(-1);
  if (edgeId !== undefined && inHandle !== undefined && outHandle !== undefined)
    return { change: { kind: 'insertNodeOnEdge', edgeId, node, position: at, inHandle, outHandle }, select };
  return { change: { kind: 'addNode', node, position: at }, select };
}

/**
 * A new node for the keyboard: right of the selected node and joined to its first free output, else at the end of the
 * flow's picture.
 */
export function addNodeAfter(
  flow: Flow,
  manifests: Manifests,
  manifest: NodeManifest,
  after: string | undefined,
): Edit {
  const places = placeNodes(flow);
  const before = after === undefined ? undefined : flow.nodes.find((node) => node.id === after);
  const place = before ? places.get(before.id) : undefined;
  if (!before || !place) {
    const right = Math.max(-COLUMN, ...[...places.values()].map(({ x }) => x)) + COLUMN;
    const top = Math.min(...(places.size > 0 ? [...places.values()].map(({ y }) => y) : [0]));
    return addNodeAt(flow, manifest, freePlace(flow, { x: right, y: top }), undefined);
  }
  const node = defaultNode(manifest, undefined, flow);
  const position = freePlace(flow, { x: place.x + COLUMN, y: place.y });
  const add: FlowChange = { kind: 'addNode', node, position };
  const beforeManifest = manifests.get(before.type);
  const [inHandle] = handlesOf(node, manifest).in;
  const taken = new Set(flow.edges.filter((edge) => edge.source === before.id).map((edge) => edge.sourceHandle));
  const outs = beforeManifest ? handlesOf(before, beforeManifest).out : [];
  const outHandle = outs.find((handle) => !taken.has(handle));
  if (inHandle === undefined || outHandle === undefined) return { change: add, select: only(node.id) };
  const edge = {
    id: freeEdgeId(flow),
    source: before.id,
    sourceHandle: outHandle,
    target: node.id,
    targetHandle: inHandle,
  };
  return { change: { kind: 'batch', changes: [add, { kind: 'addEdge', edge }] }, select: only(node.id) };
}

/** An edge between two handles. */
export function connect(flow: Flow, connection: CanvasConnection): FlowChange {
  return { kind: 'addEdge', edge: { id: freeEdgeId(flow), ...connection } };
}

/** Moves one end of an edge; the edge keeps its id. */
export function reconnect(edgeId: string, connection: CanvasConnection): FlowChange {
  return {
    kind: 'batch',
    changes: [
      { kind: 'removeEdges', edgeIds: [edgeId] },
      { kind: 'addEdge', edge: { id: edgeId, ...connection } },
    ],
  };
}

/** Takes the selected nodes, their edges, and the selected edges away; nothing when nothing is selected. */
export function removeSelection(selection: CanvasSelection): FlowChange | undefined {
  if (selection.nodeIds.length + selection.edgeIds.length === 0) return undefined;
  return {
    kind: 'batch',
    changes: [
      { kind: 'removeEdges', edgeIds: selection.edgeIds },
      { kind: 'removeNodes', nodeIds: selection.nodeIds },
    ],
  };
}

/** Copies of the selected nodes beside them, with the edges among them. */
export function duplicateSelection(flow: Flow, selection: CanvasSelection): Edit | undefined {
  const originals = flow.nodes.filter((node) => selection.nodeIds.includes(node.id));
  if (originals.length === 0) return undefined;
  const places = placeNodes(flow);
  const ids = new Map<string, string>();
  const copies: FlowNode[] = [];
  for (const node of originals) {
    const id = freeNodeId({ ...flow, nodes: [...flow.nodes, ...copies] }, node.id);
    ids.set(node.id, id);
    copies.push({ ...structuredClone(node), id });
  }
  for (const copy of copies) {
    const undoneBy = copy.compensate === undefined ? undefined : ids.get(copy.compensate);
    if (undoneBy !== undefined) copy.compensate = undoneBy;
  }
  const changes: FlowChange[] = copies.map((node, index) => {
    const { x, y } = places.get(originals[index]?.id ?? '') ?? { x: 0, y: 0 };
    return { kind: 'addNode', node, position: { x: x + COPY_OFFSET, y: y + COPY_OFFSET + 40 } };
  });
  const edgeIds: string[] = [];
  for (const edge of flow.edges) {
    const [source, target] = [ids.get(edge.source), ids.get(edge.target)];
    if (source === undefined || target === undefined) continue;
    const id = freeEdgeId(flow, edgeIds);
    edgeIds.push(id);
    changes.push({ kind: 'addEdge', edge: { ...edge, id, source, target } });
  }
  return { change: { kind: 'batch', changes }, select: { nodeIds: [...ids.values()], edgeIds: [] } };
}

const only = (nodeId: string): CanvasSelection => ({ nodeIds: [nodeId], edgeIds: [] });
