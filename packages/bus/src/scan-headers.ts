import { setTimeout as sleep } from 'node:timers/promises';
import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import type { MsgHdrs } from '@nats-io/nats-core';
import { busError } from './bus-errors.ts';
import type { Link } from './link.ts';

const BATCH = 1_000;
const BATCH_TIMEOUT_MS = 5_000;
/** Between batches, so that a long scan leaves the server to its work. */
const PAUSE_MS = 10;
const CONSUMER_IDLE_MS = 30_000;
const NANOS_PER_MS = 1_000_000;

/** A stored message without its body. */
export interface ScannedMessage {
  subject: string;
  headers: MsgHdrs | undefined;
  seq: number;
  /** By the server's clock, in milliseconds since 1970. */
  storedAt: number;
}

/** Shows every message that stands on the subject now, bodies left on the server. Throws `SYSTEM_BUS_…`. */
export async function scanHeaders(
  link: Link,
  stream: string,
  filter: string,
  isStopping: () => boolean,
  see: (message: ScannedMessage) => void,
): Promise<void> {
  try {
    link.requireConnected();
    const { state } = await link.jsm.streams.info(stream);
    const info = await link.jsm.consumers.add(stream, {
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.All,
      filter_subject: filter,
      headers_only: true,
      mem_storage: true,
      num_replicas: 1,
      inactive_threshold: CONSUMER_IDLE_MS * NANOS_PER_MS,
    });
    try {
      const consumer = link.js.consumers.getConsumerFromInfo(info);
      for (let left = info.num_pending > 0; left && !isStopping(); ) {
        left = false;
        const batch = await consumer.fetch({ max_messages: BATCH, expires: BATCH_TIMEOUT_MS });
        for await (const message of batch) {
          const isNew = message.seq > state.last_seq;
          if (!isNew)
            see({
              subject: message.subject,
              headers: message.headers,
              seq: message.seq,
              storedAt: message.time.getTime(),
            });
          left = !isNew && message.info.pending > 0;
          if (!left) break;
        }
        await sleep(PAUSE_MS);
      }
    } finally {
      await link.jsm.consumers.delete(stream, info.name).catch(() => undefined);
    }
  } catch (cause) {
    throw busError(cause);
  }
}
