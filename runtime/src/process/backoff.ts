const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 10_000;
/** Who lived so long is taken for healthy. */
const HEALTHY_MS = 30_000;

/** Delays between starts of a child that ends: none at first, then doubling; forgotten after a healthy life. */
export interface Backoff {
  /** To be called at each end of the child. */
  next(): number;
}

export function createBackoff(now: () => number = Date.now): Backoff {
  let failures = 0;
  let startedAt = now();
  return {
    next() {
      if (now() - startedAt > HEALTHY_MS) failures = 0;
      const delayMs = failures === 0 ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
      failures++;
      startedAt = now() + delayMs;
      return delayMs;
    },
  };
}
