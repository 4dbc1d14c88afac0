import { type Flow, type FlowNode, handlesOf, type NodeManifest, nodeLine, readingOrder } from '@crossdock/flow-model';
import type { Edge, Node } from '@xyflow/react';
import { canvasTexts } from '../texts/index.ts';
import {
  CARD_HEIGHT,
  CARD_WIDTH,
  type FlowCanvasProps,
  type Manifests,
  type NodeProblems,
  type NodeRun,
  placeKey,
} from './canvas-types.ts';
import { placeNodes } from './place-nodes.ts';

export type CardData = {
  name: string;
  type: string;
  line: string;
  manifest: NodeManifest | undefined;
  inHandles: readonly string[];
  outHandles: readonly string[];
  labels: Readonly<Record<string, string>>;
  maxAttempts: number | undefined;
  /** Names of the nodes whose effects this one undoes; it then needs no edges. */
  undoes: readonly string[];
  problems: NodeProblems | undefined;
  run: NodeRun | undefined;
  /** An execution is shown and did not come here. */
  unreached: boolean;
  isFound: boolean;
  editable: boolean;
};
export type CardNode = Node<CardData, 'card'>;
export type LineData = { isError: boolean; count: number | undefined; unreached: boolean; isDropTarget: boolean };
export type LineEdge = Edge<LineData, 'line'>;
/** From a node to the one that undoes its effect: shown, never edited. */
export type UndoEdge = Edge<{ taken: boolean; unreached: boolean }, 'undo'>;

const HANDLE_STEP = 16;

/** Height of a card: 56 px, more when its handles need the room. */
export function cardHeight(outHandles: number): number {
  return Math.max(CARD_HEIGHT, (outHandles + 1) * HANDLE_STEP);
}

type Shown = Pick<FlowCanvasProps, 'mode' | 'overlay' | 'edgeCounts' | 'problems' | 'found'>;

/**
 * The flow's nodes as React Flow takes them, without selection and measures, which the canvas keeps itself. They come in reading order, which
 * is the order that Tab goes through.
 */
export function toCards(flow: Flow, manifests: Manifests, shown: Shown): CardNode[] {
  const places = placeNodes(flow);
  const names = namesOf(flow, manifests);
  return readingOrder(flow).map((node) => {
    const manifest = manifests.get(node.type);
    const data = cardData(flow, node, manifest, shown, names);
    return {
      id: node.id,
      type: 'card',
      position: places.get(node.id) ?? { x: 0, y: 0 },
      data,
      width: CARD_WIDTH,
      height: cardHeight(data.outHandles.length),
      ariaLabel: canvasTexts.node(data.name, manifest?.title ?? node.type),
    };
  });
}

function cardData(
  flow: Flow,
  node: FlowNode,
  manifest: NodeManifest | undefined,
  shown: Shown,
  names: ReadonlyMap<string, string>,
): CardData {
  // A node of an unknown type keeps the handles that its edges use, so that nothing vanishes from the picture.
  const handles = manifest
    ? handlesOf(node, manifest)
    : {
        in: unique(flow.edges.filter((edge) => edge.target === node.id).map((edge) => edge.targetHandle)),
        out: unique(flow.edges.filter((edge) => edge.source === node.id).map((edge) => edge.sourceHandle)),
      };
  return {
    name: names.get(node.id) ?? node.id,
    type: node.type,
    line: manifest ? nodeLine(node, manifest) : canvasTexts.unknownType(node.type),
    manifest,
    inHandles: handles.in,
    outHandles: handles.out,
    labels: labelsOf(node, manifest, handles.out),
    maxAttempts: node.retry?.maxAttempts,
    undoes: flow.nodes.flatMap(({ id, compensate }) => (compensate === node.id ? [names.get(id) ?? id] : [])),
    problems: shown.problems?.get(node.id),
    run: shown.overlay?.get(node.id),
    unreached: shown.overlay !== undefined && !shown.overlay.has(node.id),
    isFound: shown.found?.has(placeKey({ kind: 'node', id: node.id })) ?? false,
    editable: shown.mode === 'edit',
  };
}

/** Labels for the handles: none where there is only one; an item's own name or id where handles stand for items. */
function labelsOf(
  node: FlowNode,
  manifest: NodeManifest | undefined,
  out: readonly string[],
): Readonly<Record<string, string>> {
  if (out.length < 2) return {};
  const field = manifest?.handles.outPerItemOf;
  const items = field ? node.config[field] : undefined;
  const names = new Map<string, string>();
  for (const item of Array.isArray(items) ? items : []) {
    if (typeof item?.id === 'string' && typeof item?.name === 'string' && item.name) names.set(item.id, item.name);
  }
  return Object.fromEntries(out.map((handle) => [handle, names.get(handle) ?? handle]));
}

/** The flow's edges as React Flow takes them. */
export function toLines(flow: Flow, shown: Shown, dropEdgeId: string | undefined): LineEdge[] {
  const names = new Map(flow.nodes.map((node) => [node.id, node.name || node.id]));
  return flow.edges.map((edge) => {
    const isError = edge.sourceHandle === 'error';
    const count = shown.edgeCounts?.get(edge.id);
    const [from, to] = [names.get(edge.source) ?? edge.source, names.get(edge.target) ?? edge.target];
    return {
      id: edge.id,
      type: 'line',
      source: edge.source,
      sourceHandle: edge.sourceHandle,
      target: edge.target,
      targetHandle: edge.targetHandle,
      data: {
        isError,
        count,
        unreached: shown.edgeCounts !== undefined && !count,
        isDropTarget: edge.id === dropEdgeId,
      },
      ariaLabel: isError ? canvasTexts.errorEdge(from, to) : canvasTexts.edge(from, to),
    };
  });
}

/** Dashed links from the nodes whose effects can be undone to those that undo them. */
export function toUndoLines(flow: Flow, manifests: Manifests, shown: Shown): UndoEdge[] {
  const names = namesOf(flow, manifests);
  return flow.nodes.flatMap(({ id, compensate }) => {
    if (compensate === undefined || compensate === id || !names.has(compensate)) return [];
    const undone = shown.overlay?.has(compensate) ?? false;
    return [
      {
        id: `undo:${id}`,
        type: 'undo',
        source: id,
        target: compensate,
        data: { taken: undone, unreached: shown.overlay !== undefined && !undone },
        selectable: false,
        focusable: false,
        reconnectable: false,
        deletable: false,
        ariaLabel: canvasTexts.undoneBy(names.get(id) ?? id, names.get(compensate) ?? compensate),
      },
    ];
  });
}

function namesOf(flow: Flow, manifests: Manifests): ReadonlyMap<string, string> {
  return new Map(flow.nodes.map(({ id, name, type }) => [id, name || manifests.get(type)?.title || id]));
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
