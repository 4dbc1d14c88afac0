/** So many times as long as it took to make it, something made is given again. */
const KEPT_FACTOR = 5;
const MOST_KEPT_MS = 10_000;

/**
 * Makes something costly once for all who ask for it at about the same time: those who come while it is made wait for it, those who come soon
 * after get it again. The longer it takes, the longer it is kept, so that no more than a sixth of the time goes into it, however many ask. What
 * fails is made anew.
 */
export function shareCostly<Made>(
  make: (name: string) => Promise<Made>,
  now: () => number = () => performance.now(),
): (name: string) => Promise<Made> {
  const kept = new Map<string, { readonly made: Promise<Made>; until: number }>();
  return (name) => {
    const known = kept.get(name);
    if (known && now() < known.until) return known.made;
    const startedAt = now();
    const entry = { made: make(name), until: Number.POSITIVE_INFINITY };
    kept.set(name, entry);
    entry.made.then(
      () => {
        entry.until = now() + Math.min((now() - startedAt) * KEPT_FACTOR, MOST_KEPT_MS);
      },
      () => kept.delete(name),
    );
    return entry.made;
  };
}
