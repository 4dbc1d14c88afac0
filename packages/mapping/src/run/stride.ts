import type { Run } from '../run.ts';

/** So many turns are counted at once: enough for a look at the deadline after each such lot. */
const STRIDE = 1024;

/**
 * Counts the turns of a loop, called at each of them: before the first, and again where many are through. Counted as a whole before it, a loop of
 * millions would be one long step.
 */
export function countTurn(run: Pick<Run, 'spend'>, at: number, length: number): void {
  if (at % STRIDE === 0) run.spend(Math.min(STRIDE, length - at));
}
