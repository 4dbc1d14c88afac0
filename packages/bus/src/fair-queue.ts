/** Work of several sources, taken source by source in turn, so that a deep backlog of one does not hold up the others. */
export interface FairQueue<Item> {
  push(source: string, item: Item): void;
  /** The next item of a source that `mayTake` allows, in turn; undefined when there is none. */
  take(mayTake: (source: string) => boolean): { source: string; item: Item } | undefined;
  /** How many items of this source wait. */
  waiting(source: string): number;
  items(): Iterable<Item>;
  /** Takes everything out. */
  drain(): Item[];
}

export function createFairQueue<Item>(): FairQueue<Item> {
  // A map keeps its insertion order: the source served last goes to the end.
  const sources = new Map<string, Item[]>();
  return {
    push(source, item) {
      const items = sources.get(source);
      if (items) items.push(item);
      else sources.set(source, [item]);
    },
    take(mayTake) {
      for (const [source, items] of sources) {
        if (!mayTake(source)) continue;
        const item = items.shift() as Item;
        sources.delete(source);
        if (items.length > 0) sources.set(source, items);
        return { source, item };
      }
      return undefined;
    },
    waiting: (source) => sources.get(source)?.length ?? 0,
    *items() {
      for (const items of sources.values()) yield* items;
    },
    drain() {
      const all = [...sources.values()].flat();
      sources.clear();
      return all;
    },
  };
}
