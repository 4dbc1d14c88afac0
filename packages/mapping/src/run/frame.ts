/**
 * The variables of one block, one call or one element of a tuple stream: the frame around it first, then a value for each name in the order
 * that the compiler gave them. A slot not assigned yet holds `UNBOUND`, so that the name means what it means further out. Where a mapping uses
 * `$eval`, a map stands in the first slot instead.
 */
export type Frame = [parent: Frame | undefined, ...values: unknown[]];

export const UNBOUND: unique symbol = Symbol('unbound variable');

/** A frame of so many slots, none assigned. */
export function emptyFrame(parent: Frame | undefined, slots: number): Frame {
  if (slots === 1) return [parent, UNBOUND];
  if (slots === 2) return [parent, UNBOUND, UNBOUND];
  const frame: Frame = [parent];
  for (let at = 0; at < slots; at++) frame.push(UNBOUND);
  return frame;
}
