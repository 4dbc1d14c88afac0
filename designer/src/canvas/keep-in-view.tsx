import { useNodesInitialized, useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { FIT } from './CanvasControls.tsx';
import { CARD_HEIGHT, CARD_WIDTH } from './canvas-types.ts';
import type { CardNode } from './to-react-flow.ts';

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
  useEffect(() => {
    if (shown.current === card?.id) return;
    shown.current = card?.id;
    if (!card) return;
    const { width, height, transform } = store.getState();
    const [left, top, zoom] = transform;
    const center = { x: card.position.x + CARD_WIDTH / 2, y: card.position.y + CARD_HEIGHT / 2 };
    const at = { x: center.x * zoom + left, y: center.y * zoom + top };
    const isInside = at.x > 0 && at.x < width && at.y > 0 && at.y < height;
    if (width === 0 || isInside) return;
    const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    void setCenter(center.x, center.y, { zoom, duration: isStill ? 0 : 120 });
  }, [card, setCenter, store]);
  return null;
}
