import { isSame, type Versions } from './merge-values.ts';

/** What to do with an item that one side took away while the other changed or uses it: true keeps it. */
type KeepRemoved<Item> = (id: string, versions: Versions<Item>) => boolean;

interface ItemRules<Item> {
  readonly idOf: (item: Item) => string;
  /** Merges an item that all three have, or that is settled as a whole. */
  readonly merge: (id: string, versions: Versions<Item>) => Item;
  readonly keepRemoved: KeepRemoved<Item>;
}

/** Three-way merge of lists of things with ids: in the order of the side that changed it, what the other added behind. */
export function mergeItems<Item>(
  { base, mine, theirs }: { base: readonly Item[]; mine: readonly Item[]; theirs: readonly Item[] },
  { idOf, merge, keepRemoved }: ItemRules<Item>,
): Item[] {
  const maps = [base, mine, theirs].map((items) => new Map(items.map((item) => [idOf(item), item])));
  const versionsOf = (id: string): Versions<Item> => ({
    base: maps[0]?.get(id),
    mine: maps[1]?.get(id),
    theirs: maps[2]?.get(id),
  });
  const order = base.map(idOf);
  const isTheirs = isInOrderOf(order, mine.map(idOf)) && !isSame(order, theirs.map(idOf));
  const [first, second] = isTheirs ? [theirs, mine] : [mine, theirs];
  const ids = new Set([...first, ...second].map(idOf));
  return [...ids].flatMap((id) => {
    const versions = versionsOf(id);
    const { base: old, mine: own, theirs: other } = versions;
    const kept = own ?? other;
    if (kept === undefined) return [];
    if (old !== undefined && (own === undefined || other === undefined)) return keepRemoved(id, versions) ? [kept] : [];
    return [old === undefined ? kept : merge(id, versions)];
  });
}

/** Whether the item that one side still has is what it was. */
export function isUntouched<Item>({ base, mine, theirs }: Versions<Item>): boolean {
  return isSame(base, mine ?? theirs);
}

function isInOrderOf(order: readonly string[], ids: readonly string[]): boolean {
  const [known, there] = [new Set(order), new Set(ids)];
  const kept = order.filter((id) => there.has(id));
  return ids.filter((id) => known.has(id)).every((id, at) => id === kept[at]);
}
