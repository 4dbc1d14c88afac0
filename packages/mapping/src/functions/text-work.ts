import type { Run } from '../run.ts';

/** Shorter texts are not worth counting: the call itself is. */
const COUNTED_FROM = 1000;

/** Longer pieces are worked through in parts, with a look at the deadline between them. */
export const PIECE_LENGTH = 65_536;

/** To be called before a text of that length is walked through. */
export function walk(run: Run, length: number): void {
  if (length < COUNTED_FROM) return;
  run.checkString(length);
  run.spend(length / 100);
}
