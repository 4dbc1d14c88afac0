import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import { createInbox, type Msg } from '@nats-io/nats-core';
import { decodeJson } from '../json.ts';
import type { Link } from '../link.ts';
import { listSubjects } from '../subjects.ts';
import { lineOf, type StoredLine } from './stored-line.ts';

const CHUNK_BYTES = 512 * 1024;
/** The server gives up a snapshot whose pieces are not acked; so do we without a piece. */
const PIECE_TIMEOUT_MS = 60_000;
const BATCH = 1_000;
const BATCH_TIMEOUT_MS = 10_000;
const CONSUMER_IDLE_MS = 60_000;
const NANOS_PER_MS = 1_000_000;

/** The server's answer to a request for a snapshot, and the pieces that follow it. */
export interface StreamSnapshot {
  /** Configuration and state, as the server wants them back. */
  readonly about: { config: Record<string, unknown>; state: Record<string, unknown> };
  readonly pieces: AsyncGenerator<Uint8Array>;
}

/** Asks for a snapshot of a stream without its consumers (`STREAM.SNAPSHOT`). Its pieces must be read to the end. */
export async function readSnapshot({ nc }: Link, stream: string): Promise<StreamSnapshot> {
  const inbox = createInbox();
  const subscription = nc.subscribe(inbox);
  const query = { deliver_subject: inbox, no_consumers: true, chunk_size: CHUNK_BYTES };
  const answer = await nc.request(`$JS.API.STREAM.SNAPSHOT.${stream}`, JSON.stringify(query), {
    timeout: PIECE_TIMEOUT_MS,
  });
  const said = decodeJson(answer.data) as (StreamSnapshot['about'] & { error?: { description: string } }) | undefined;
  if (said === undefined || said.error) {
    subscription.unsubscribe();
    throw new Error(`reading a snapshot of "${stream}": ${said?.error?.description ?? 'no answer'}`);
  }
  return { about: { config: said.config, state: said.state }, pieces: pieces() };

  async function* pieces(): AsyncGenerator<Uint8Array> {
    const messages = subscription[Symbol.asyncIterator]();
    try {
      for (;;) {
        const message = await inTime(messages.next());
        const code = message.headers?.code ?? 0;
        if (code >= 400)
          throw new Error(`reading a snapshot of "${stream}": ${code} ${message.headers?.description ?? ''}`);
        if (message.data.length === 0) return;
        yield message.data;
        // The next ones come for this answer: what is read slowly is sent slowly.
        message.respond();
      }
    } finally {
      subscription.unsubscribe();
    }
  }

  async function inTime(next: Promise<IteratorResult<Msg>>): Promise<Msg> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const error = new Error(`reading a snapshot of "${stream}": no piece within ${PIECE_TIMEOUT_MS} ms`);
      timer = setTimeout(reject, PIECE_TIMEOUT_MS, error);
    });
    try {
      const { value, done } = await Promise.race([next, late]);
      if (done) throw new Error(`reading a snapshot of "${stream}": the connection was closed`);
      return value;
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * Every message of the stream until nothing is left behind the last one read. What a newer message replaced before it was read has that newer one
 * further on, so each subject is seen as it is at the end.
 */
export async function* readMessages({ jsm, js }: Link, stream: string): AsyncGenerator<StoredLine> {
  const info = await jsm.consumers.add(stream, {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
    mem_storage: true,
    num_replicas: 1,
    inactive_threshold: CONSUMER_IDLE_MS * NANOS_PER_MS,
  });
  try {
    const consumer = js.consumers.getConsumerFromInfo(info);
    let left = info.num_pending;
    let lastSeq = 0;
    while (left > 0) {
      const wanted = Math.min(left, BATCH);
      const batch = await consumer.fetch({ max_messages: wanted, expires: BATCH_TIMEOUT_MS });
      let seen = 0;
      for await (const message of batch) {
        if (message.seq <= lastSeq) throw new Error(`reading "${stream}": messages came out of order`);
        lastSeq = message.seq;
        seen++;
        left = message.info.pending;
        yield lineOf(message.subject, message.headers, message.data);
      }
      // What was to come may have been replaced or have aged out meanwhile: the server knows what is left.
      if (seen < wanted) left = (await jsm.consumers.info(stream, info.name)).num_pending;
    }
  } finally {
    await jsm.consumers.delete(stream, info.name).catch(() => undefined);
  }
}

/** The messages under the filter one by one: a work queue takes no second consumer. */
export async function* readQueued(link: Link, stream: string, filter: string): AsyncGenerator<StoredLine> {
  for (const subject of await listSubjects(link, stream, filter)) {
    for (let seq = 1; ; ) {
      const stored = await link.next(stream, subject, seq);
      if (stored === undefined) break;
      seq = stored.seq + 1;
      yield lineOf(subject, stored.header, stored.data);
    }
  }
}
