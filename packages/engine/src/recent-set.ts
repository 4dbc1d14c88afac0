/** Remembers the last few ids it was given. */
export interface RecentSet {
  add(id: string): void;
  /** True when `id` was there; it is forgotten then. */
  take(id: string): boolean;
}

export function createRecentSet(limit = 10_000): RecentSet {
  const ids = new Set<string>();
  return {
    add(id) {
      ids.delete(id);
      ids.add(id);
      if (ids.size > limit) ids.delete(ids.values().next().value!);
    },
    take: (id) => ids.delete(id),
  };
}
