import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Alignment, align, type Box, boundsOf, distribute } from './arrange.ts';

const size = fc.integer({ min: 8, max: 400 }).map((steps) => steps * 2);
const at = fc.integer({ min: -500, max: 500 });
const boxes = fc
  .array(fc.record({ x: at, y: at, width: size, height: size }), { minLength: 1, maxLength: 8 })
  .map((all) => all.map((box, index): Box => ({ ...box, id: `n${index}` })));
const after = (all: readonly Box[], places: Record<string, { x: number; y: number }>) =>
  all.map((box) => ({ ...box, ...places[box.id] }));

const LINES: Record<Alignment, (box: Omit<Box, 'id'>) => number> = {
  left: (box) => box.x,
  centre: (box) => box.x + box.width / 2,
  right: (box) => box.x + box.width,
  top: (box) => box.y,
  middle: (box) => box.y + box.height / 2,
  bottom: (box) => box.y + box.height,
};

describe('align', () => {
  it.each(Object.keys(LINES) as Alignment[])('puts all on one line: %s', (how) => {
    fc.assert(
      fc.property(boxes, (all) => {
        const lined = after(all, align(all, how));
        const line = LINES[how](boundsOf(all) as Box);
        for (const box of lined) expect(Math.abs(LINES[how](box) - line)).toBeLessThanOrEqual(0.5);
        expect(align(lined, how)).toEqual({});
      }),
    );
  });

  it('moves nothing where nothing is', () => {
    expect(align([], 'left')).toEqual({});
  });
});

describe('distribute', () => {
  it('makes the gaps equal and leaves the outer ones where they are', () => {
    fc.assert(
      fc.property(boxes, fc.constantFrom('across' as const, 'down' as const), (all, how) => {
        const [axis, length] = how === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const);
        const middle = (box: Box) => box[axis] + box[length] / 2;
        const order = all.toSorted((a, b) => middle(a) - middle(b)).map(({ id }) => id);
        const spread = after(all, distribute(all, how));
        const row = order.map((id) => spread.find((box) => box.id === id) as Box);
        const gaps = row.slice(1).map((box, index) => {
          const before = row[index] as Box;
          return box[axis] - before[axis] - before[length];
        });
        if (all.length >= 3) expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
        expect([row[0], row.at(-1)]).toEqual([order[0], order.at(-1)].map((id) => all.find((box) => box.id === id)));
      }),
    );
  });

  it('needs three', () => {
    const pair = [0, 300].map((x, index) => ({ id: `n${index}`, x, y: 0, width: 200, height: 56 }));
    expect(distribute(pair, 'across')).toEqual({});
  });
});
