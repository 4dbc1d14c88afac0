import { useReactFlow } from '@xyflow/react';
import { type DragEvent, useState } from 'react';
import { CARD_HEIGHT, CARD_WIDTH, type CanvasEdit, NODE_TYPE_MEDIA } from './canvas-types.ts';
import { snap } from './place-nodes.ts';

/** Takes node types dragged from the palette, also onto an edge, which lights up meanwhile. */
export function useDropType(edit: CanvasEdit | undefined) {
  const { screenToFlowPosition } = useReactFlow();
  const [edgeId, setEdgeId] = useState<string>();
  if (!edit) return { edgeId: undefined, handlers: {} };

  const isNodeType = (event: DragEvent) => event.dataTransfer.types.includes(NODE_TYPE_MEDIA);
  return {
    edgeId,
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
  };
}

function edgeAt(event: DragEvent): string | undefined {
  const edge = document
    .elementsFromPoint(event.clientX, event.clientY)
    .map((element) => element.closest('.react-flow__edge'))
    .find((found) => found !== null);
  return edge?.getAttribute('data-id') ?? undefined;
}
