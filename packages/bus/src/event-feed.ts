import type { CloudEvent } from '@crossdock/connector-sdk';
import type { EventFeed } from './bus.ts';
import { createFeed } from './feed.ts';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';
import { partsOfEventSubject } from './names.ts';
import { STREAMS } from './streams.ts';

const NANOS_PER_MS = 1_000_000n;

/** Events of orders. A feed of its own: many events never stand before executions, nor a fold that takes long. */
export const createEventFeed = (link: Link): EventFeed =>
  createFeed(link, [
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
