import type { EventFeed } from './bus.ts';
import { busError } from './bus-errors.ts';
import { createFeed } from './feed.ts';
import type { Link } from './link.ts';
import { ALL_EVENTS } from './names.ts';
import { toStoredEvent } from './stored-event.ts';
import { FEED_CONSUMER, STREAMS } from './streams.ts';

/** Events of orders. A feed of its own: many events never stand before executions, nor a fold that takes long. */
export function createEventFeed(link: Link): EventFeed {
  const feed = createFeed(link, [
    {
      stream: STREAMS.events,
      decode(delivery) {
        const stored = toStoredEvent(delivery);
        return stored === undefined ? [] : [stored];
      },
    },
  ]);
  return {
    ...feed,
    async heardUntil() {
      const askedAt = new Date();
      try {
        link.requireConnected();
        const { num_pending, num_ack_pending, ack_floor } = await link.jsm.consumers.info(
          STREAMS.events,
          FEED_CONSUMER,
        );
        if (num_pending + num_ack_pending === 0) return askedAt;
        const first = await link.next(STREAMS.events, ALL_EVENTS, ack_floor.stream_seq + 1);
        return first && first.time < askedAt ? first.time : askedAt;
      } catch (cause) {
        throw busError(cause);
      }
    },
  };
}
