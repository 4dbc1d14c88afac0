import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeCard } from './place-card.ts';
import { tourSteps } from './steps.ts';

const view = { width: 1280, height: 800 };
const card = { width: 320, height: 180 };

test('a card stands right of its target, else left, else below, else in its middle', () => {
  expect(placeCard({ left: 0, top: 0, width: 56, height: 800 }, card, view)).toEqual({ left: 68, top: 12 });
  expect(placeCard({ left: 840, top: 48, width: 440, height: 700 }, card, view)).toEqual({ left: 508, top: 48 });
  expect(placeCard({ left: 300, top: 0, width: 900, height: 48 }, card, view)).toEqual({ left: 300, top: 60 });
  expect(placeCard({ left: 56, top: 48, width: 1224, height: 752 }, card, view)).toEqual({ left: 508, top: 334 });
  expect(placeCard(undefined, card, view)).toEqual({ left: 480, top: 310 });
});

test('wherever the target is, the card is whole inside the window', () => {
  const box = fc.record({
    left: fc.integer({ min: -500, max: 2000 }),
    top: fc.integer({ min: -500, max: 2000 }),
    width: fc.integer({ min: 0, max: 2000 }),
    height: fc.integer({ min: 0, max: 2000 }),
  });
  fc.assert(
    fc.property(box, (target) => {
      const { left, top } = placeCard(target, card, view);
      return left >= 0 && top >= 0 && left + card.width <= view.width && top + card.height <= view.height;
    }),
  );
});

test('without a flow its steps are left out, and without the right to draw the palette', () => {
  const ids = (flow: boolean, mayDraw: boolean) => tourSteps({ flow, mayDraw }).map(({ id }) => id);
  expect(ids(false, true)).toEqual(['pages', 'search', 'environment', 'executions', 'exceptions', 'help']);
  expect(ids(true, false)).not.toContain('palette');
  expect(ids(true, true)).toHaveLength(10);
});
