import { setTimeout as sleep } from 'node:timers/promises';

/** Lets its callers go one after the other, `perSecond` of them at most. */
export type Pacer = (signal: AbortSignal) => Promise<void>;

export function createPacer(perSecond: number): Pacer {
  const stepMs = 1000 / perSecond;
  let next = 0;
  return async (signal) => {
    const now = performance.now();
    next = Math.max(next + stepMs, now);
    await sleep(next - now, undefined, { signal });
  };
}
