import type { Bus } from '@crossdock/bus';
import type { CloudEvent } from '@crossdock/connector-sdk';
import type { OrderLink } from './order-links.ts';

/** Emits events about orders, one after the other: those of one order have an order. */
export async function tellOrders({ events }: Pick<Bus, 'events'>, links: readonly OrderLink[]): Promise<void> {
  for (const { env, event } of links) await events.emit(env, event.partitionkey, event as unknown as CloudEvent);
}
