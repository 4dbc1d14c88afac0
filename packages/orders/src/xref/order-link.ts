import type { OrderEvent } from '../events/catalogue/index.ts';
import { schemaIdOf, typeOf } from '../events/define-event.ts';
import { refKey } from './keys.ts';

/** Types under which systems name an order itself, not something that belongs to it. */
export const ORDER_REF_TYPES: readonly string[] = ['order', 'sale.order'];

/** Where such events come from; by it those of one source are told from what flows say. */
export const ORDER_LINK_SOURCE = '//cross-references';

/** An id of an order in a system; `crossdock` is ours: the id is then the key under which the order's events are told. */
export interface OrderId {
  readonly system: string;
  readonly id: string;
}

/** The key that an id of an order stands for: the key itself, or that of a reference to the order in its system. */
export function orderKeyOf({ system, id }: OrderId): string {
  if (system === 'crossdock') return id;
  return refKey({ system, type: /^odoo\b/.test(system) ? 'sale.order' : 'order', id });
}

/**
 * The event that says of an order that another key names it, or does so no more. Its id is made from what it says, so that saying it again is a repeat.
 * @param keys the order's, and the other
 * @param at when it was linked or unlinked
 */
export function orderLinkEvent(
  name: 'xref.linked' | 'xref.unlinked',
  keys: readonly [orderKey: string, other: string],
  { at, origin }: { at: Date; origin?: 'rule' | 'user' | 'import' },
): OrderEvent {
  const time = at.toISOString();
  const [orderKey] = keys;
  return {
    specversion: '1.0',
    id: [...keys, name.slice(name.indexOf('.') + 1), time].join(' '),
    source: ORDER_LINK_SOURCE,
    type: typeOf(name),
    subject: `order/${orderKey}`,
    time,
    datacontenttype: 'application/json',
    dataschema: schemaIdOf(name),
    partitionkey: orderKey,
    data: {
      entity: 'order',
      keys: [...keys],
      reportedBy: origin === 'user' ? 'person' : 'platform',
      ...(origin === undefined ? {} : { origin }),
    },
  } as unknown as OrderEvent;
}
