import type { FrontierEntry, JournalSnapshot, OpenSplit } from './records.ts';

/** The element of a split that something belongs to. */
export type Item = NonNullable<FrontierEntry['item']>;

/** Names a split under way. */
export const splitKey = (nodeId: string, iteration: number): string => `${nodeId}.${iteration}`;

/** The key under which a node's output is kept: elements of a split have outputs of their own. */
export const outputKey = (nodeId: string, item: Item | undefined): string =>
  item === undefined ? nodeId : `${itemPrefix(item)}${nodeId}`;

const itemPrefix = ({ split, index }: Item): string => `${split}#${index}/`;

/** The node of an output key. */
export const nodeOfOutputKey = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

/** The elements something lies in, the outermost first. */
export function itemsAround(splits: JournalSnapshot['splits'], item: Item | undefined): Item[] {
  const around: Item[] = [];
  for (let at = item; at !== undefined; at = splits?.[at.split]?.item) around.unshift(at);
  return around;
}

/** The latest output reference of each node as seen from one element: its own before those around it. */
export function outputsSeenFrom(
  { nodeOutputs, splits }: Pick<JournalSnapshot, 'nodeOutputs' | 'splits'>,
  item: Item | undefined,
): Map<string, string> {
  const seen = new Map<string, string>();
  for (const prefix of ['', ...itemsAround(splits, item).map(itemPrefix)]) {
    for (const [key, ref] of Object.entries(nodeOutputs)) {
      const nodeId = key.slice(prefix.length);
      if (key.startsWith(prefix) && !nodeId.includes('/')) seen.set(nodeId, ref);
    }
  }
  return seen;
}

/** Forgets the outputs of a split's elements. */
export function dropItemOutputs(snapshot: JournalSnapshot, split: string): void {
  for (const key of Object.keys(snapshot.nodeOutputs))
    if (key.startsWith(`${split}#`)) delete snapshot.nodeOutputs[key];
}

/** Whether something lies in this element, at any depth. */
export function liesIn(splits: JournalSnapshot['splits'], item: Item | undefined, within: Item): boolean {
  return itemsAround(splits, item).some((one) => one.split === within.split && one.index === within.index);
}

export const sameItem = (a: Item | undefined, b: Item | undefined): boolean =>
  a?.split === b?.split && a?.index === b?.index;

/** The splits under way, by key. */
export function openSplits(snapshot: JournalSnapshot): [key: string, split: OpenSplit][] {
  return Object.entries(snapshot.splits ?? {});
}
