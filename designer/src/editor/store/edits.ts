import {
  type Alignment,
  align,
  canConnect,
  type Distribution,
  defaultNode,
  distribute,
  extractPart,
  type Flow,
  type FlowChange,
  freeEdgeId,
  freeGroupId,
  freeNoteId,
  handlesOf,
  type NodeGroup,
  type NodeManifest,
  pastePart,
} from '@crossdock/flow-model';
import {
  boxesOf,
  type CanvasConnection,
  type CanvasSelection,
  COLUMN,
  freePlace,
  type Manifests,
  middleOf,
  type Point,
  placeNodes,
  placePart,
  roomOnEdge,
  unsettledPlaces,
} from '../../canvas/index.ts';
import { canvasTexts } from '../../texts/index.ts';

/** A change together with what is selected after it. */
export interface Edit {
  readonly change: FlowChange;
  readonly select: CanvasSelection;
}

const NOTE = { width: 240, height: 80 };
const COPY_OFFSET: Point = { x: 32, y: 72 };

/** A new node of this type at a place, or on an edge, whose ends it then joins. */
export function addNodeAt(flow: Flow, manifest: NodeManifest, at: Point, edgeId: string | undefined): Edit {
  const node = defaultNode(manifest, undefined, flow);
  const select = only(node.id);
  const handles = handlesOf(node, manifest);
  const [inHandle] = handles.in;
  const outHandle = throughHandle(handles.out);
  if (edgeId !== undefined && inHandle !== undefined && outHandle !== undefined) {
    const { position, moved } = roomOnEdge(flow, edgeId, at);
    const insert: FlowChange = { kind: 'insertNodeOnEdge', edgeId, node, position, inHandle, outHandle };
    if (Object.keys(moved).length === 0) return { change: insert, select };
    return { change: { kind: 'batch', changes: [{ kind: 'moveNodes', positions: moved }, insert] }, select };
  }
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
  const beforeManifest = manifests.get(before.type);
  const taken = new Set(flow.edges.filter((edge) => edge.source === before.id).map((edge) => edge.sourceHandle));
  const outs = beforeManifest ? handlesOf(before, beforeManifest).out : [];
  return addNext(
    flow,
    manifest,
    before.id,
    outs.find((handle) => !taken.has(handle)),
    undefined,
  );
}

/** A new node joined to an output of another (to none without `handle`), at a place or right of that node. */
export function addNext(
  flow: Flow,
  manifest: NodeManifest,
  after: string,
  handle: string | undefined,
  at: Point | undefined,
): Edit {
  const node = defaultNode(manifest, undefined, flow);
  const { x, y } = placeNodes(flow).get(after) ?? { x: 0, y: 0 };
  const add: FlowChange = { kind: 'addNode', node, position: freePlace(flow, at ?? { x: x + COLUMN, y }) };
  const [inHandle] = handlesOf(node, manifest).in;
  if (inHandle === undefined || handle === undefined) return { change: add, select: only(node.id) };
  const edge = connect(flow, { source: after, sourceHandle: handle, target: node.id, targetHandle: inHandle });
  return { change: { kind: 'batch', changes: [add, edge] }, select: only(node.id) };
}

/** An edge between two handles. */
export function connect(flow: Flow, connection: CanvasConnection): FlowChange {
  return { kind: 'addEdge', edge: { id: freeEdgeId(flow), ...connection } };
}

/** Puts a node that is there into an edge, which keeps its id up to the node; `reason` says why that cannot be. */
export function insertOnEdge(
  flow: Flow,
  manifests: Manifests,
  nodeId: string,
  edgeId: string,
): { ok: true; change: FlowChange } | { ok: false; reason: string } {
  const node = flow.nodes.find(({ id }) => id === nodeId);
  const edge = flow.edges.find(({ id }) => id === edgeId);
  const manifest = node && manifests.get(node.type);
  const handles = manifest ? handlesOf(node, manifest) : { in: [], out: [] };
  const [targetHandle = ''] = handles.in;
  const sourceHandle = throughHandle(handles.out) ?? '';
  if (!edge) return { ok: false, reason: canvasTexts.noEdge };
  const without = { ...flow, edges: flow.edges.filter(({ id }) => id !== edgeId) };
  const first = { ...edge, target: nodeId, targetHandle };
  const second = { ...edge, id: freeEdgeId(flow), source: nodeId, sourceHandle };
  for (const { source, sourceHandle: out, target, targetHandle: into } of [first, second]) {
    const answer = canConnect(without, manifests, { nodeId: source, handle: out }, { nodeId: target, handle: into });
    if (!answer.ok) return answer;
  }
  const ends = [first, second].map((added): FlowChange => ({ kind: 'addEdge', edge: added }));
  const at = placeNodes(flow).get(nodeId) ?? { x: 0, y: 0 };
  const { position, moved } = roomOnEdge(flow, edgeId, at);
  const move: FlowChange = { kind: 'moveNodes', positions: { ...moved, [nodeId]: position } };
  return { ok: true, change: { kind: 'batch', changes: [{ kind: 'removeEdges', edgeIds: [edgeId] }, ...ends, move] } };
}

/** The output that goes on with what came in, where there are several. */
function throughHandle(out: readonly string[]): string | undefined {
  return out.find((handle) => handle === 'out') ?? out.at(-1);
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

/** The selected nodes with the edges among them, as the clipboard holds them; nothing when no node is selected. */
export function copySelection(flow: Flow, selection: CanvasSelection): Flow | undefined {
  return selection.nodeIds.length === 0 ? undefined : extractPart(flow, selection.nodeIds, placeNodes(flow));
}

/** Copies of a part's nodes around `middle`, selected. */
export function paste(flow: Flow, manifests: Manifests, part: Flow, middle: Point): Edit {
  const { change, nodeIds } = pastePart(flow, part, placePart(flow, part, manifests, middle), manifests);
  return { change, select: { nodeIds, edgeIds: [] } };
}

/** Copies of the selected nodes beside them, with the edges among them. */
export function duplicateSelection(flow: Flow, manifests: Manifests, selection: CanvasSelection): Edit | undefined {
  const part = copySelection(flow, selection);
  if (!part) return undefined;
  const { x, y } = middleOf(boxesOf(flow, manifests, selection.nodeIds));
  return paste(flow, manifests, part, { x: x + COPY_OFFSET.x, y: y + COPY_OFFSET.y });
}

/** Puts the selected nodes in line, or at equal distances; nothing when they stand so already. */
export function arrangeSelection(
  flow: Flow,
  manifests: Manifests,
  selection: CanvasSelection,
  how: Alignment | Distribution,
): FlowChange | undefined {
  const boxes = boxesOf(flow, manifests, selection.nodeIds);
  const positions = how === 'across' || how === 'down' ? distribute(boxes, how) : align(boxes, how);
  return Object.keys(positions).length === 0 ? undefined : { kind: 'moveNodes', positions };
}

/** A group of the selected nodes, to be named; nothing when no node is selected. */
export function groupSelection(flow: Flow, selection: CanvasSelection): FlowChange | undefined {
  if (selection.nodeIds.length === 0) return undefined;
  const id = freeGroupId(flow.layout);
  return { kind: 'putGroup', group: { id, title: '', color: 'blue', nodes: [...selection.nodeIds] } };
}

/** Takes the groups of the selected nodes away; nothing when none is in one. */
export function ungroupSelection(flow: Flow, selection: CanvasSelection): FlowChange | undefined {
  const groups = (flow.layout?.groups ?? []).filter(({ nodes }) => nodes.some((id) => selection.nodeIds.includes(id)));
  if (groups.length === 0) return undefined;
  return { kind: 'batch', changes: groups.map(({ id }) => ({ kind: 'removeGroup', groupId: id })) };
}

/** The group whose nodes are selected, all of them and nothing else. */
export function selectedGroup(flow: Flow, selection: CanvasSelection): NodeGroup | undefined {
  const ids = new Set(flow.nodes.map(({ id }) => id));
  return flow.layout?.groups?.find(({ nodes }) => {
    const members = nodes.filter((id) => ids.has(id));
    return members.length === selection.nodeIds.length && members.every((id) => selection.nodeIds.includes(id));
  });
}

/** An empty note above the drawing. */
export function addNote(flow: Flow): FlowChange {
  const corners = [...placeNodes(flow).values(), ...(flow.layout?.notes ?? [])];
  const x = Math.min(...(corners.length > 0 ? corners.map((corner) => corner.x) : [0]));
  const y = Math.min(...(corners.length > 0 ? corners.map((corner) => corner.y) : [0])) - NOTE.height - 72;
  return { kind: 'putNote', note: { id: freeNoteId(flow.layout), x, y, ...NOTE, color: 'amber', text: '' } };
}

/**
 * The change, with the places of all nodes that have none yet: they are computed from what has one, so that without this the first card with
 * a place of its own would move the others.
 */
export function settled(flow: Flow, change: FlowChange): FlowChange {
  const positions = unsettledPlaces(flow);
  return positions ? { kind: 'batch', changes: [{ kind: 'moveNodes', positions }, change] } : change;
}

const only = (nodeId: string): CanvasSelection => ({ nodeIds: [nodeId], edgeIds: [] });
