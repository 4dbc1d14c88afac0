const PAUSE_MS = 60_000;

/** Gives a function that does something at most once a minute for each name: a flood of requests must not be a flood in the log. */
export function createSeldom(now: () => number = () => performance.now()): (name: string, act: () => void) => void {
  const doneAt = new Map<string, number>();
  return (name, act) => {
    const last = doneAt.get(name);
    if (last !== undefined && now() - last < PAUSE_MS) return;
    doneAt.set(name, now());
    act();
  };
}
