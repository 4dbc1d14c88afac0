import type { Position } from './apply-change.ts';

/** A card on the canvas: its top left corner and its size, in px. */
export interface Box extends Position {
  id: string;
  width: number;
  height: number;
}

/** `left`, `centre`, `right` move cards sideways; `top`, `middle`, `bottom` up and down. */
export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';

/** `across`: equal gaps from left to right. `down`: from top to bottom. */
export type Distribution = 'across' | 'down';

type Places = Record<string, Position>;

/** The box around all boxes; nothing around none. */
export function boundsOf(boxes: readonly Omit<Box, 'id'>[]): Omit<Box, 'id'> | undefined {
  if (boxes.length === 0) return undefined;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

/** Places on one line: an edge or the middle of the box around all. Cards that stand there already are left out. */
export function align(boxes: readonly Box[], how: Alignment): Places {
  const all = boundsOf(boxes);
  if (!all) return {};
  return moved(boxes, (box) => {
    switch (how) {
      case 'left':
        return { x: all.x, y: box.y };
      case 'centre':
        return { x: Math.round(all.x + (all.width - box.width) / 2), y: box.y };
      case 'right':
        return { x: all.x + all.width - box.width, y: box.y };
      case 'top':
        return { x: box.x, y: all.y };
      case 'middle':
        return { x: box.x, y: Math.round(all.y + (all.height - box.height) / 2) };
      case 'bottom':
        return { x: box.x, y: all.y + all.height - box.height };
    }
  });
}

/** Places with equal gaps; the first and the last card stay. Needs three cards; gaps are negative where there is no room. */
export function distribute(boxes: readonly Box[], how: Distribution): Places {
  const [axis, size] = how === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const row = boxes.toSorted((a, b) => a[axis] + a[size] / 2 - (b[axis] + b[size] / 2));
  const [first, last] = [row[0], row.at(-1)];
  if (!first || !last || row.length < 3) return {};
  const inner = row.slice(1, -1);
  const room = last[axis] - (first[axis] + first[size]) - inner.reduce((sum, box) => sum + box[size], 0);
  const gap = room / (row.length - 1);
  let at = first[axis] + first[size] + gap;
  return moved(inner, (box) => {
    const place = { x: box.x, y: box.y, [axis]: Math.round(at) };
    at += box[size] + gap;
    return place;
  });
}

function moved(boxes: readonly Box[], place: (box: Box) => Position): Places {
  const places: Places = {};
  for (const box of boxes) {
    const next = place(box);
    if (next.x !== box.x || next.y !== box.y) places[box.id] = next;
  }
  return places;
}
