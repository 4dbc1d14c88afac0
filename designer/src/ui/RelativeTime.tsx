import { useSyncExternalStore } from 'react';
import { formatExact, formatRelative } from './format.ts';

const TICK_MS = 1_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all times on a page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // The clock stands still while nobody looks at it.
  if (timer === undefined) now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const tell of listeners) tell();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The current time in ms, moving on once a second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** How long ago something was; the exact time with its zone on hover. `iso` is RFC 3339. */
export function RelativeTime({ iso }: { iso: string }) {
  const text = useSyncExternalStore(subscribe, () => formatRelative(iso, now));
  return (
    <time dateTime={iso} title={formatExact(iso)}>
      {text}
    </time>
  );
}
