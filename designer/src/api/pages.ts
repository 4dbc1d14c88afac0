interface Page<Item> {
  items: readonly Item[];
  nextCursor: string | null;
}

/** Reads a list to its end, page by page, for lists that a page shows whole (flows, revisions, people). */
export async function readAllPages<Item>(
  read: (cursor: { cursor?: string }) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await read(cursor === null ? {} : { cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}
