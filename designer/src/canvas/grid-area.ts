import { GRID } from './canvas-types.ts';

export const DOT_GAP = 2 * GRID;

/** How far beyond the picture the browser draws ahead (px of the screen). */
const AHEAD = 4096;

/** What of the drawing the dots cover: the picture and all that is drawn ahead, in steps so large that a pan seldom changes it. */
export function gridArea(
  [x, y, zoom]: readonly [number, number, number],
  picture: { readonly width: number; readonly height: number },
) {
  const step = Math.ceil(AHEAD / zoom / DOT_GAP) * DOT_GAP;
  const along = (shift: number, size: number) => {
    const from = Math.floor((-shift - AHEAD) / zoom / step) * step;
    return { from, size: Math.ceil((size - shift + AHEAD) / zoom / step) * step - from };
  };
  const [across, down] = [along(x, picture.width), along(y, picture.height)];
  return { left: across.from, top: down.from, width: across.size, height: down.size };
}
