import { describe, expect, test } from 'vitest';
import { guidesFor } from './guides.ts';

const card = (id: string, x: number, y: number, height = 56) => ({ id, x, y, width: 200, height });

describe('guidesFor', () => {
  test('draws a card into line with another and shows the line over both', () => {
    const { shift, guides } = guidesFor([card('a', 304, 4)], [card('b', 0, 0)]);
    expect(shift).toEqual({ x: 0, y: -4 });
    expect(guides.map(({ axis, at }) => [axis, at])).toEqual([
      ['y', 0],
      ['y', 28],
      ['y', 56],
    ]);
    expect(guides[0]).toMatchObject({ from: -12, to: 516 });
  });

  test('lets go a grid step away', () => {
    expect(guidesFor([card('a', 304, 8)], [card('b', 0, 0)])).toEqual({ shift: { x: 0, y: 0 }, guides: [] });
  });

  test('finds the middles of cards of different heights', () => {
    const { shift, guides } = guidesFor([card('a', 304, 3)], [card('b', 0, -10, 80)]);
    expect(shift).toEqual({ x: 0, y: -1 });
    expect(guides.map(({ at }) => at)).toEqual([30]);
  });

  test('takes several cards that are dragged as one box', () => {
    const moving = [card('a', 5, 400), card('b', 400, 500)];
    expect(guidesFor(moving, [card('c', 0, 0), card('d', 395, 0)]).shift).toEqual({ x: -5, y: 0 });
  });

  test('takes the nearest of several lines', () => {
    expect(guidesFor([card('a', 4, 300)], [card('b', 0, 0), card('c', 5, 100)]).shift.x).toBe(1);
  });
});
