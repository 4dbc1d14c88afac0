/** Works at every item, at most `limit` at once; results in the order of the items. The first failure rejects, and no further item is begun. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  let isBroken = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !isBroken) {
      const at = next++;
      try {
        results[at] = await work(items[at] as Item);
      } catch (error) {
        isBroken = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
