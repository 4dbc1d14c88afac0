import type { CloudEvent } from '@crossdock/connector-sdk';
import type { EventFeed } from './bus.ts';
import { busError } from './bus-errors.ts';
import { createFeed } from './feed.ts';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';
import { ALL_EVENTS, partsOfEventSubject } from './names.ts';
import { FEED_CONSUMER, STREAMS } from './streams.ts';

const NANOS_PER_MS = 1_000_000n;

/** Events of orders. A feed of its own: many events never stand before executions, nor a fold that takes long. */
export function createEventFeed(link: Link): EventFeed {
  const feed = createFeed(link, [
    {
      stream: STREAMS.events,
      decode({ seq, subject, data, storedAtNs }) {
        const parts = partsOfEventSubject(subject);
        const event = decodeJson(data) as CloudEvent | undefined;
        if (parts === undefined || typeof event !== 'object' || event === null) return [];
        return [{ seq, ...parts, storedAt: new Date(Number(BigInt(storedAtNs || '0') / NANOS_PER_MS)), event }];
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
