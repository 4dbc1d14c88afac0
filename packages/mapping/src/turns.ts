let last: Promise<unknown> = Promise.resolve();

/**
 * Evaluations take turns. Interleaved, each would run out of its time while the others had the processor; and as JSONata waits for nothing but
 * itself, taking turns costs nothing. `work` must not wait for another turn.
 */
export function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work);
  last = turn.catch(() => undefined);
  return turn;
}
