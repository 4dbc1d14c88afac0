import { type Box, boundsOf } from '@crossdock/flow-model';
import type { Point } from './canvas-types.ts';

/** A line that shows what is in line: `axis: "x"` stands upright at that x, from one y to another. */
export interface Guide {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** How far a drag is drawn to a line (px); less than a step of the grid, so that every step can still be reached. */
const REACH = 6;
const OVERHANG = 12;
const SIDES = [0, 0.5, 1] as const;

type Rect = Omit<Box, 'id'>;

/**
 * What cards that are dragged come into line with: left edges with left edges, middles with middles, and so on. `shift` is what moves them
 * exactly there, at most 6 px; `guides` are the lines to show then.
 */
export function guidesFor(moving: readonly Box[], others: readonly Box[]): { shift: Point; guides: Guide[] } {
  const all = boundsOf(moving);
  if (!all) return { shift: { x: 0, y: 0 }, guides: [] };
  const shift = { x: nearest(all, others, 'x'), y: nearest(all, others, 'y') };
  const shifted = { ...all, x: all.x + shift.x, y: all.y + shift.y };
  return { shift, guides: [...linesOf(shifted, others, 'x'), ...linesOf(shifted, others, 'y')] };
}

const along = { x: 'width', y: 'height' } as const;
const lineOf = (box: Rect, axis: 'x' | 'y', side: number) => box[axis] + box[along[axis]] * side;

function nearest(moving: Rect, others: readonly Box[], axis: 'x' | 'y'): number {
  let best: number | undefined;
  for (const other of others) {
    for (const side of SIDES) {
      const distance = lineOf(other, axis, side) - lineOf(moving, axis, side);
      if (Math.abs(distance) <= REACH && Math.abs(distance) < Math.abs(best ?? REACH + 1)) best = distance;
    }
  }
  return best ?? 0;
}

function linesOf(moving: Rect, others: readonly Box[], axis: 'x' | 'y'): Guide[] {
  const across = axis === 'x' ? 'y' : 'x';
  return SIDES.flatMap((side): Guide[] => {
    const at = lineOf(moving, axis, side);
    const inLine = boundsOf([moving, ...others.filter((other) => Math.abs(lineOf(other, axis, side) - at) < 0.5)]);
    if (!inLine || (inLine[across] === moving[across] && inLine[along[across]] === moving[along[across]])) return [];
    const from = inLine[across] - OVERHANG;
    return [{ axis, at, from, to: inLine[across] + inLine[along[across]] + OVERHANG }];
  });
}
