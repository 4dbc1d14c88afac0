import { useNodesInitialized, useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
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
  const { setCenter } = useReactFlow();
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
    const { width, height, transform } = store.getState();
    const [left, top, zoom] = transform;
    const { x, y } = card.position;
    const isInside =
      x * zoom + left >= 0 &&
      y * zoom + top >= 0 &&
      (x + CARD_WIDTH) * zoom + left <= width &&
      (y + CARD_HEIGHT) * zoom + top <= height;
    if (width === 0 || isInside) return;
    const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    void setCenter(x + CARD_WIDTH / 2, y + CARD_HEIGHT / 2, { zoom, duration: isStill ? 0 : 120 });
  }, [card, setCenter, store]);
  return null;
}
