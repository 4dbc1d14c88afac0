export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Box, 'width' | 'height'>;

const GAP = 12;

/**
 * Where a card stands beside what it is about, in px of the window: right of it, left, below or above, wherever it fits first; in its middle where it
 * fits nowhere beside; in the middle of the window without a target. Always whole inside the window.
 */
export function placeCard(target: Box | undefined, card: Size, view: Size): { left: number; top: number } {
  if (!target) return within({ left: (view.width - card.width) / 2, top: (view.height - card.height) / 2 }, card, view);
  const { left, top, width, height } = target;
  const places = [
    { fits: left + width + GAP + card.width + GAP <= view.width, at: { left: left + width + GAP, top } },
    { fits: left - GAP - card.width >= GAP, at: { left: left - GAP - card.width, top } },
    { fits: top + height + GAP + card.height + GAP <= view.height, at: { left, top: top + height + GAP } },
    { fits: top - GAP - card.height >= GAP, at: { left, top: top - GAP - card.height } },
  ];
  const middle = { left: left + (width - card.width) / 2, top: top + (height - card.height) / 2 };
  return within(places.find(({ fits }) => fits)?.at ?? middle, card, view);
}

function within(at: { left: number; top: number }, card: Size, view: Size) {
  const clamp = (value: number, most: number) => Math.max(GAP, Math.min(value, most - GAP));
  return { left: clamp(at.left, view.width - card.width), top: clamp(at.top, view.height - card.height) };
}
