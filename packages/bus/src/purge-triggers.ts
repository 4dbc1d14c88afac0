import type { Link } from './link.ts';
import { laneTriggerFilter } from './names.ts';
import { STREAMS } from './streams.ts';

/** What may go: sequences below `below`, those with a dedupe token below `dedupeCut` too. */
export interface SweepCut {
  below: number;
  dedupeCut: number;
}

/** Removes the triggers of a lane, or those in none; gives how many. */
export async function purgeTriggers(
  link: Link,
  place: { env: string; flowId: string; lane?: string },
  { below, dedupeCut }: SweepCut,
): Promise<number> {
  const undeduped = await purge(link, laneTriggerFilter(place, 'undeduped'), below);
  return undeduped + (await purge(link, laneTriggerFilter(place, 'all'), Math.min(below, dedupeCut)));
}

async function purge({ jsm }: Link, filter: string, seq: number): Promise<number> {
  if (seq <= 1) return 0;
  return (await jsm.streams.purge(STREAMS.triggers, { filter, seq })).purged;
}
