import { useStore } from '@xyflow/react';
import { type RefObject, useEffect, useMemo } from 'react';

/** Below this zoom the second line of a card cannot be read, and below the other one nothing can. */
const NAMES_ZOOM = 0.45;
const SHAPES_ZOOM = 0.25;

/**
 * What keeps a large flow smooth: while the picture moves it is a layer of its own, which is shifted and not drawn again (`data-moving`), and
 * from afar cards show large names alone, or the colour of what they are (`data-far`). Both are attributes of the frame, so that nothing is rendered for them.
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
  const far = useStore(({ transform: [, , zoom] }) =>
    zoom < SHAPES_ZOOM ? 'shapes' : zoom < NAMES_ZOOM ? 'names' : undefined,
  );
  useEffect(() => {
    if (far) frame.current?.setAttribute('data-far', far);
    else frame.current?.removeAttribute('data-far');
  }, [frame, far]);
  return null;
}
