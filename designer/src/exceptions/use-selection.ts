import { useState } from 'react';

/** Most executions that the API takes one by one. */
export const MOST_SELECTED = 1_000;

/** Which executions are ticked. What is not listed any more does not count. */
export function useSelection(listed: readonly string[]) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const ids = [...new Set(listed)].filter((id) => ticked.has(id));
  const listedCount = new Set(listed).size;
  return {
    ids,
    has: (id: string) => ticked.has(id),
    toggle: (id: string) => {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      setTicked(next);
    },
    state: ids.length === 0 ? ('none' as const) : ids.length === listedCount ? ('all' as const) : ('some' as const),
    toggleAll: () => setTicked(ids.length === listedCount ? new Set() : new Set(listed)),
    clear: () => setTicked(new Set()),
  };
}

export type Selection = ReturnType<typeof useSelection>;
