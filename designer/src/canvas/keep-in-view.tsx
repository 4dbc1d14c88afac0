import type { Box } from '@crossdock/flow-model';
import { useNodesInitialized, useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import { FIT } from './CanvasControls.tsx';
import { CARD_HEIGHT, CARD_WIDTH } from './canvas-types.ts';
import type { CardNode } from './to-react-flow.ts';

const PRESS_MS = 500;

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

/** Gives what moves the picture so that a box of the drawing is in its middle, when some of it is outside. */
export function useReveal(): (box: Omit<Box, 'id'>) => void {
  const { setCenter } = useReactFlow();
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
      if (width === 0 || isInside) return;
      const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      void setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, duration: isStill ? 0 : 120 });
    },
    [setCenter, store],
  );
}
