import type { RateLimit } from '@crossdock/flow-model';
import type { EnginePorts } from './ports.ts';

/** Permits are given out for windows this long or a little longer, so that no burst is larger than one window's. */
const SHORTEST_WINDOW_MS = 100;
/** Who would wait longer than this sleeps durably instead. */
const LONGEST_QUEUE_MS = 10_000;
/** A window's permits are taken in so many portions, so that every worker gets some. */
const PORTIONS = 4;
const AFTER_TROUBLE_MS = 1_000;

export type RateVerdict = { pass: true } | { pass: false; waitMs: number };

/** Rate limits over all workers. Callers of one process queue here; permits come from a counter that all share. */
export interface RateLimiter {
  /** Resolves with a permit, or at once with how long to stay away when the queue is long. */
  take(scope: string, limit: RateLimit): Promise<RateVerdict>;
}

interface Window {
  ms: number;
  permits: number;
}

/** Windows of equal permits that add up to the limit exactly: 15 in 1 s are 2 in each 133 ms. */
export function windowOf({ limit, periodMs }: RateLimit): Window {
  const permits = Math.max(1, Math.ceil((limit * SHORTEST_WINDOW_MS) / periodMs));
  return { permits, ms: (permits * periodMs) / limit };
}

export function createRateLimiter({
  guards,
  clock,
  random,
}: Pick<EnginePorts, 'guards' | 'clock' | 'random'>): RateLimiter {
  const queues = new Map<string, (() => void)[]>();

  return {
    take(scope, limit) {
      const window = windowOf(limit);
      const queue = queues.get(scope);
      const waitMs = ((queue?.length ?? 0) / window.permits) * window.ms;
      if (waitMs > LONGEST_QUEUE_MS) return Promise.resolve({ pass: false, waitMs: waitMs * (0.5 + random()) });
      return new Promise((resolve) => {
        const grant = (): void => resolve({ pass: true });
        if (queue) return void queue.push(grant);
        queues.set(scope, [grant]);
        void serve(scope, window);
      });
    },
  };

  /** Hands out permits until nobody waits. */
  async function serve(scope: string, window: Window): Promise<void> {
    const queue = queues.get(scope) ?? [];
    while (queue.length > 0) {
      const startMs = Math.floor(clock.now() / window.ms) * window.ms;
      const wanted = Math.min(queue.length, Math.ceil(window.permits / PORTIONS));
      let granted: number;
      try {
        granted = await guards.takePermits(scope, { startMs: Math.round(startMs), limit: window.permits, wanted });
      } catch {
        // Without the bus nobody may call: the limit belongs to the remote.
        await clock.sleep(AFTER_TROUBLE_MS);
        continue;
      }
      for (const grant of queue.splice(0, granted)) grant();
      if (granted < wanted) await clock.sleep(Math.max(1, startMs + window.ms - clock.now()) + random() * 5);
    }
    queues.delete(scope);
  }
}
