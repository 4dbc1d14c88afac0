import type { Flow } from '@crossdock/flow-model';
import { type Node, useReactFlow } from '@xyflow/react';
import { type DragEvent, useMemo, useState } from 'react';
import { CARD_HEIGHT, CARD_WIDTH, type CanvasEdit, NODE_TYPE_MEDIA, type Point } from './canvas-types.ts';
import { snap } from './place-nodes.ts';

/**
 * Takes node types dragged from the palette and cards that have no edges, also onto an edge, which lights up meanwhile. `onDragged` gets the
 * card that any drag of cards was begun at, when it ends.
 */
export function useDrop(flow: Flow, edit: CanvasEdit | undefined, onDragged: (nodeId: string) => void) {
  const { screenToFlowPosition } = useReactFlow();
  const [edgeId, setEdgeId] = useState<string>();
  const handlers = useMemo(
    () =>
      edit ? handlersOf(flow, edit, screenToFlowPosition, setEdgeId, onDragged) : { handlers: {}, cardHandlers: {} },
    [flow, edit, screenToFlowPosition, onDragged],
  );
  return { edgeId, ...handlers };
}

function handlersOf(
  flow: Flow,
  edit: CanvasEdit,
  screenToFlowPosition: (at: Point) => Point,
  setEdgeId: (edgeId: string | undefined) => void,
  onDragged: (nodeId: string) => void,
) {
  const isLoose = (cards: readonly Node[]) =>
    cards.length === 1 && !flow.edges.some(({ source, target }) => source === cards[0]?.id || target === cards[0]?.id);
  const isNodeType = (event: DragEvent) => event.dataTransfer.types.includes(NODE_TYPE_MEDIA);
  return {
    handlers: {
      onDragOver(event: DragEvent) {
        if (!isNodeType(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setEdgeId(edgeAt(event));
      },
      onDragLeave(event: DragEvent) {
        if (event.currentTarget === event.target) setEdgeId(undefined);
      },
      onDrop(event: DragEvent) {
        if (!isNodeType(event)) return;
        event.preventDefault();
        setEdgeId(undefined);
        const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
        const corner = snap({ x: x - CARD_WIDTH / 2, y: y - CARD_HEIGHT / 2 });
        edit.onDropType(event.dataTransfer.getData(NODE_TYPE_MEDIA), corner, edgeAt(event));
      },
    },
    cardHandlers: {
      onNodeDrag(event: MouseEvent | TouchEvent, _card: Node, cards: Node[]) {
        setEdgeId(isLoose(cards) ? edgeAt(event) : undefined);
      },
      onNodeDragStop(event: MouseEvent | TouchEvent, card: Node, cards: Node[]) {
        setEdgeId(undefined);
        const onto = isLoose(cards) ? edgeAt(event) : undefined;
        if (onto !== undefined) edit.onDropNode(card.id, onto);
        onDragged(card.id);
      },
    },
  };
}

function edgeAt(event: { clientX: number; clientY: number } | TouchEvent): string | undefined {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  if (!at) return undefined;
  const edge = document
    .elementsFromPoint(at.clientX, at.clientY)
    .map((element) => element.closest('.react-flow__edge'))
    .find((found) => found !== null);
  return edge?.getAttribute('data-id') ?? undefined;
}
