import { isCanonicalKey, isLinkStatement, type OrderEvent, refOfKey, resolveLinks, UnionFind } from '@crossdock/orders';
import type { ToldEvent } from './told-event.ts';

/** The events that tell of one order, under all its keys. */
export interface OrderGroup<E extends ToldEvent> {
  /** The key that stands for all: ours, before what people call it, before that of another system; of several the least. */
  readonly orderId: string;
  /** Sorted. */
  readonly keys: readonly string[];
  readonly events: readonly E[];
}

/**
 * Sorts events by the orders they tell of. Keys are of one order when an event was told under one and names the other as its order, or when a
 * link between them stands. A link tells of both its keys, also after it was taken back. Nothing depends on the order of the events.
 */
export function groupOrders<E extends ToldEvent>(told: readonly E[]): OrderGroup<E>[] {
  const links = resolveLinks(told.flatMap(({ event }) => (event && isLinkStatement(event) ? [event] : [])));
  const sets = new UnionFind();
  const byKey = new Map<string, E[]>();
  for (const one of told) {
    const [first, ...others] = one.keys;
    if (!isLink(one.event)) for (const other of others) sets.join(first, other);
    for (const key of one.keys) {
      sets.join(key, links.rootOf('order', key));
      const known = byKey.get(key);
      if (known) known.push(one);
      else byKey.set(key, [one]);
    }
  }
  const groups = Map.groupBy([...byKey.keys()].sort(), (key) => sets.rootOf(key));
  return [...groups.values()].flatMap((keys) => {
    const events = [...new Set(keys.flatMap((key) => byKey.get(key)!))];
    // A key of which there are links alone is no order.
    return events.some(({ event }) => !isLink(event)) ? [{ orderId: idOf(keys), keys, events }] : [];
  });
}

const isLink = (event: OrderEvent | undefined): boolean => event !== undefined && isLinkStatement(event);

function idOf(keys: readonly string[]): string {
  return keys.find(isCanonicalKey) ?? keys.find((key) => refOfKey(key) === undefined) ?? keys[0]!;
}
