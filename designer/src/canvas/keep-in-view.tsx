import type { Box } from '@crossdock/flow-model';
import { useNodesInitialized, useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import { FIT } from './CanvasControls.tsx';
import { CARD_HEIGHT, CARD_WIDTH, type CanvasFocus } from './canvas-types.ts';
import type { CardNode } from './to-react-flow.ts';

const PRESS_MS = 500;
const READABLE_ZOOM = 0.75;

/** Shows the whole flow once its cards are measured, and never moves the picture again by itself. */
export function FitOnce() {
  const { fitView } = useReactFlow();
  const isMeasured = useNodesInitialized();
  const isDone = useRef(false);
  useEffect(() => {
    if (!isMeasured || isDone.current) return;
    isDone.current = true;
    void fitView(FIT);
  }, [isMeasured, fitView]);
  return null;
}

/** Brings a card that was just selected into the picture, when it is outside: added from the palette, or an issue's. */
export function RevealSelected({ card }: { card: CardNode | undefined }) {
  const reveal = useReveal();
  const store = useStoreApi();
  const shown = useRef<string | undefined>(undefined);
  const pressedAt = useRef(0);
  useEffect(() => {
    const canvas = store.getState().domNode;
    const onPress = () => {
      pressedAt.current = performance.now();
    };
    canvas?.addEventListener('pointerdown', onPress, true);
    return () => canvas?.removeEventListener('pointerdown', onPress, true);
  }, [store]);
  useEffect(() => {
    if (shown.current === card?.id) return;
    shown.current = card?.id;
    // What the pointer has just found must stay below it.
    if (!card || performance.now() - pressedAt.current < PRESS_MS) return;
    reveal({ ...card.position, width: CARD_WIDTH, height: CARD_HEIGHT });
  }, [card, reveal]);
  return null;
}

/** Brings a node into the middle, near enough to be read. */
export function FocusNode({ focus }: { focus: CanvasFocus | undefined }) {
  const centre = useCentre();
  const { getNode, getZoom } = useReactFlow();
  useEffect(() => {
    const card = focus && getNode(focus.nodeId);
    if (card) centre({ ...card.position, width: CARD_WIDTH, height: CARD_HEIGHT }, Math.max(getZoom(), READABLE_ZOOM));
  }, [focus, centre, getNode, getZoom]);
  return null;
}

/** Gives what brings the middle of a box of the drawing into the middle of the picture. */
function useCentre(): (box: Omit<Box, 'id'>, zoom: number) => void {
  const { setCenter } = useReactFlow();
  return useCallback(
    (box, zoom) => {
      const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      void setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, duration: isStill ? 0 : 120 });
    },
    [setCenter],
  );
}

/** Gives what moves the picture so that a box of the drawing is in its middle, when some of it is outside. */
export function useReveal(): (box: Omit<Box, 'id'>) => void {
  const centre = useCentre();
  const store = useStoreApi();
  return useCallback(
    (box) => {
      const { width, height, transform } = store.getState();
      const [left, top, zoom] = transform;
      const isInside =
        box.x * zoom + left >= 0 &&
        box.y * zoom + top >= 0 &&
        (box.x + box.width) * zoom + left <= width &&
        (box.y + box.height) * zoom + top <= height;
      if (width > 0 && !isInside) centre(box, zoom);
    },
    [centre, store],
  );
}
