import Type, { type Static } from 'typebox';
import { maybe, record, text } from '../events/schema-parts.ts';
import type { OrderState } from '../fold/order-state.ts';
import { partyNames } from '../fold/party-names.ts';

const list = (description: string, maxLength: number) =>
  Type.Array(text(undefined, maxLength), { minItems: 1, maxItems: 200, description });

/** Which events of orders somebody wants. What is left out asks for nothing; of a list one suffices. */
export const subscriptionFilterSchema = record({
  types: maybe(list('Types of events, such as com.platform.order.confirmed.v1. Left out: every event.', 200)),
  partners: maybe(list('Orders of these parties, whatever their role: by id, GLN or name. Left out: all orders.', 200)),
  channels: maybe(list('Orders that came by these channels. Left out: all orders.', 100)),
});
export type SubscriptionFilter = Static<typeof subscriptionFilterSchema>;

/** Whether the filter asks what the order is, beyond what the event says: its order has to be folded first. */
export const wantsOrderFacts = ({ partners, channels }: SubscriptionFilter): boolean =>
  partners !== undefined || channels !== undefined;

/**
 * Whether the filter wants an event.
 * @param order the event's order as it is now; undefined where it is not known, which no party and no channel is
 */
export function wantsEvent(
  { types, partners, channels }: SubscriptionFilter,
  event: { readonly type: string },
  order: Pick<OrderState, 'head'> | undefined,
): boolean {
  if (types && !types.includes(event.type)) return false;
  const { channel, parties = [] } = order?.head ?? {};
  if (channels && (channel === undefined || !channels.includes(channel))) return false;
  return !partners || parties.some((party) => partyNames(party).some((name) => partners.includes(name)));
}
