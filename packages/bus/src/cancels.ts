import type { CancelPort } from '@crossdock/engine';
import type { Link } from './link.ts';
import { BUCKETS, CANCEL_WINDOW_MS } from './streams.ts';
import { watchBucket } from './watched-bucket.ts';

/** Wishes to cancel, in a bucket that every process watches. Resolves when those of the last 24 h are loaded. */
export async function openCancels(link: Link): Promise<CancelPort & { close(): void }> {
  const bucket = await watchBucket<{ by: string }>(link, BUCKETS.cancels, { maxAgeMs: CANCEL_WINDOW_MS });
  const listeners = new Map<string, Set<(by: string) => void>>();
  const endWatch = bucket.onChange(() => {
    for (const executionId of listeners.keys()) tell(executionId);
  });
  return {
    want: (executionId, by) => bucket.put(executionId, { by }),
    wanted: (executionId) => bucket.get(executionId)?.value.by,
    onWanted(executionId, listener) {
      const mine = listeners.get(executionId) ?? new Set();
      listeners.set(executionId, mine.add(listener));
      queueMicrotask(() => tell(executionId));
      return () => {
        mine.delete(listener);
        if (mine.size === 0 && listeners.get(executionId) === mine) listeners.delete(executionId);
      };
    },
    close() {
      endWatch();
      bucket.close();
    },
  };

  /** Each listener hears it once. */
  function tell(executionId: string): void {
    const by = bucket.get(executionId)?.value.by;
    if (by === undefined) return;
    const mine = listeners.get(executionId);
    listeners.delete(executionId);
    for (const listener of mine ?? []) listener(by);
  }
}
