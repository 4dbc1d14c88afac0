import { expect, test } from 'vitest';
import { DOT_GAP, gridArea } from './grid-area.ts';

const PICTURE = { width: 700, height: 800 };

test.each([
  [0, 0, 1],
  [-5000, 12_345, 0.1],
  [333.3, -98_765.4, 1.37],
])('the dots at %d, %d, zoom %d cover the picture and what is drawn ahead, dot on dot', (x, y, zoom) => {
  const { left, top, width, height } = gridArea([x, y, zoom], PICTURE);
  expect(left * zoom + x).toBeLessThanOrEqual(-4096);
  expect(top * zoom + y).toBeLessThanOrEqual(-4096);
  expect((left + width) * zoom + x).toBeGreaterThanOrEqual(PICTURE.width + 4096);
  expect((top + height) * zoom + y).toBeGreaterThanOrEqual(PICTURE.height + 4096);
  for (const edge of [left, top, width, height]) expect(Math.abs(edge % DOT_GAP)).toBe(0);
});

test('a pan of a few hundred pixels leaves them as they are', () => {
  const before = gridArea([100, 100, 0.12], PICTURE);
  expect(gridArea([340, 400, 0.12], PICTURE)).toEqual(before);
});
