import type { Box, Layout } from '@crossdock/flow-model';
import { useNodesInitialized, useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import { boxOfPlace } from './box-of-place.ts';
import { FIT } from './CanvasControls.tsx';
import { CARD_HEIGHT, CARD_WIDTH, type CanvasFocus } from './canvas-types.ts';
import type { CardNode } from './to-react-flow.ts';

type Area = Omit<Box, 'id'>;

const PRESS_MS = 500;
const READABLE_ZOOM = 0.75;

/** Shows the whole flow once its cards are measured, says so, and never moves the picture again by itself. */
export function FitOnce({ onFitted }: { onFitted: () => void }) {
  const { fitView } = useReactFlow();
  const isMeasured = useNodesInitialized();
  const isDone = useRef(false);
  useEffect(() => {
    if (!isMeasured || isDone.current) return;
    isDone.current = true;
    void fitView(FIT).then(onFitted);
  }, [isMeasured, fitView, onFitted]);
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

/** Brings a node, a group or a note into the middle, near enough to be read; `isFitted`: the whole flow was shown before, which comes first. */
export function FocusPlace(props: { focus: CanvasFocus | undefined; layout: Layout | undefined; isFitted: boolean }) {
  const { focus, layout, isFitted } = props;
  const centre = useCentre();
  const { getNode, getZoom } = useReactFlow();
  const shown = useRef<CanvasFocus>(undefined);
  useEffect(() => {
    // Once for each request: what is shown may be moved or changed afterwards.
    if (!focus || !isFitted || shown.current === focus) return;
    const cardOf = (id: string) => {
      const card = getNode(id);
      return card ? [{ ...card.position, width: CARD_WIDTH, height: CARD_HEIGHT }] : [];
    };
    const box = boxOfPlace(focus, layout, cardOf);
    if (!box) return;
    shown.current = focus;
    centre(box, Math.max(getZoom(), READABLE_ZOOM));
  }, [focus, layout, isFitted, centre, getNode, getZoom]);
  return null;
}

/** Gives what brings the middle of a box of the drawing into the middle of the picture. */
function useCentre(): (box: Area, zoom: number) => void {
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
export function useReveal(): (box: Area) => void {
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
