import { useStore } from '@xyflow/react';
import { type RefObject, useEffect, useMemo } from 'react';

/** Below this zoom the second line of a card cannot be read. */
const FAR_ZOOM = 0.45;

/**
 * What keeps a large flow smooth: while the picture moves it is a layer of its own, which is shifted and not drawn again (`data-moving`), and
 * from afar cards show large names alone (`data-far`). Both are attributes of the frame, so that nothing is rendered for them.
 */
export function useMoving(frame: RefObject<HTMLElement | null>) {
  return useMemo(
    () => ({
      onMoveStart: () => frame.current?.setAttribute('data-moving', ''),
      onMoveEnd: () => frame.current?.removeAttribute('data-moving'),
    }),
    [frame],
  );
}

/** Says at the frame that the picture is seen from afar; it stands inside React Flow, where the zoom is known. */
export function FarView({ frame }: { frame: RefObject<HTMLElement | null> }) {
  const isFar = useStore((state) => state.transform[2] < FAR_ZOOM);
  useEffect(() => {
    frame.current?.toggleAttribute('data-far', isFar);
  }, [frame, isFar]);
  return null;
}
