const KEY = 'crossdock.recent-commands';
const MOST = 6;

/** Ids of the commands chosen last in this browser, the latest first. */
export function readRecent(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, MOST) : [];
  } catch {
    // Storage that is switched off, or text that another program wrote: nothing is recent.
    return [];
  }
}

export function keepRecent(id: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([id, ...readRecent().filter((other) => other !== id)].slice(0, MOST)));
  } catch {
    // Without storage nothing is recent the next time.
  }
}
