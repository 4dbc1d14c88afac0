import { FlowError } from '@crossdock/errors';
import { RetentionPolicy } from '@nats-io/jetstream';
import type { Msg, MsgHdrs } from '@nats-io/nats-core';
import type { InboundMessage, InboundMessages, ScheduleAddress } from './bus.ts';
import { API_CODES, apiCode, busError, isRefusal } from './bus-errors.ts';
import type { Delivery } from './delivery.ts';
import { ACK_WAIT_MS, ensureDurable } from './durable.ts';
import { requireForeignSubject } from './foreign-subject.ts';
import type { Link } from './link.ts';
import { createPullSource } from './pull-source.ts';
import { STREAMS } from './streams.ts';

/** Handled at once by one process; a durable consumer gives as many to all of them together. */
const MAX_IN_HAND = 64;
const MAX_ACK_PENDING = 256;
/** A consumer that nobody pulls from is removed after this: it would keep other people's stream from forgetting. */
const IDLE_MS = 30 * 86_400_000;
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 30_000;

type Source = ScheduleAddress & { subject: string };
type Handle = (message: InboundMessage) => Promise<void>;

/** Messages of other systems, from their streams or as they pass by. */
export function createInbound(link: Link): InboundMessages {
  return {
    async subscribe({ stream, ...source }, handle) {
      requireForeignSubject(source.subject, { wildcards: true });
      try {
        link.requireConnected();
        return stream === undefined ? hear(link, source, handle) : await pull(link, { ...source, stream }, handle);
      } catch (cause) {
        throw busError(cause);
      }
    },
  };
}

/** Core NATS: one process of all gets each message. What cannot be handled is lost, as it is while nobody listens. */
function hear(link: Link, { env, flowId, nodeId, subject }: Source, handle: Handle): { stop(): Promise<void> } {
  const subscription = link.nc.subscribe(subject, { queue: nameOf({ env, flowId, nodeId }) });
  const inHand = new Set<Promise<void>>();
  const reading = read();
  return {
    async stop() {
      if (link.isConnected()) await subscription.drain().catch(() => undefined);
      else subscription.unsubscribe();
      await reading;
      await Promise.all(inHand);
    },
  };

  async function read(): Promise<void> {
    for await (const message of subscription) {
      while (inHand.size >= MAX_IN_HAND) await Promise.race(inHand);
      const work = handleOne(message).finally(() => inHand.delete(work));
      inHand.add(work);
    }
  }

  async function handleOne(message: Msg): Promise<void> {
    try {
      await handle({
        subject: message.subject,
        headers: recordOf(message.headers),
        data: message.data,
        respond: (data) => void message.respond(data),
      });
    } catch (error) {
      link.log.error(
        { env, flowId, nodeId, subject, reason: String(error) },
        'a message could not be taken and is lost',
      );
    }
  }
}

/**
 * A durable consumer, which begins with what comes from now on; in a work queue with what is there, which the server asks for. A message that
 * cannot be handled comes again, later and later, and holds up no other.
 */
async function pull(
  link: Link,
  { stream, subject, ...schedule }: Source & { stream: string },
  handle: Handle,
): Promise<{ stop(): Promise<void> }> {
  const name = nameOf(schedule);
  const inHand = new Map<Delivery, Promise<void>>();
  await ensure();
  const source = createPullSource(link, {
    stream,
    consumer: name,
    room: () => MAX_IN_HAND - inHand.size,
    ensure,
    onMessage(delivery) {
      const work = handleOne(delivery).finally(() => {
        inHand.delete(delivery);
        source.wake();
      });
      inHand.set(delivery, work);
    },
  });
  const keeper = setInterval(() => {
    for (const delivery of inHand.keys()) delivery.working();
  }, ACK_WAIT_MS / 3);
  return {
    async stop() {
      await source.close();
      await Promise.all(inHand.values());
      clearInterval(keeper);
    },
  };

  async function ensure(): Promise<void> {
    const { config } = await streamOf(link, stream);
    await ensureDurable(link, {
      stream,
      name,
      filter: subject,
      maxAckPending: MAX_ACK_PENDING,
      isOnlyNew: config.retention !== RetentionPolicy.Workqueue,
      idleMs: IDLE_MS,
    }).catch((cause: unknown) => {
      if (!isRefusal(cause)) throw cause;
      throw new FlowError('CONFIG_INVALID', {
        details: { what: `the stream "${stream}"`, reason: `it takes no consumer of "${subject}"` },
        cause,
      });
    });
  }

  async function handleOne(delivery: Delivery): Promise<void> {
    try {
      await handle({
        subject: delivery.subject,
        headers: recordOf(delivery.headers),
        data: delivery.data,
        id: `${stream}.${delivery.storedAtNs}.${delivery.seq}`,
        respond: () => undefined,
      });
      delivery.ack();
    } catch (error) {
      const delayMs = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** (delivery.deliveryCount - 1));
      link.log.warn({ ...schedule, seq: delivery.seq, delayMs, reason: String(error) }, 'a message comes again');
      delivery.release(delayMs);
    }
  }
}

async function streamOf({ jsm }: Link, stream: string): ReturnType<Link['jsm']['streams']['info']> {
  const invalid = (reason: string, cause?: unknown): FlowError =>
    new FlowError('CONFIG_INVALID', { details: { what: `the stream "${stream}"`, reason }, cause });
  if (!/^[\w-]{1,255}$/.test(stream)) throw invalid('it is no name of a stream');
  if ((Object.values(STREAMS) as string[]).includes(stream)) throw invalid('it is not for flows');
  return jsm.streams.info(stream).catch((cause: unknown) => {
    throw apiCode(cause) === API_CODES.streamNotFound ? invalid('it does not exist', cause) : cause;
  });
}

/** Queue group and durable consumer of one trigger. */
function nameOf({ env, flowId, nodeId }: ScheduleAddress): string {
  return `crossdock_${env}_${flowId}_${nodeId}`;
}

/** Header names in lower case, as hooks give them; repeated ones joined by `, `. */
function recordOf(headers: MsgHdrs | undefined): Record<string, string> {
  const record: Record<string, string> = {};
  for (const name of headers?.keys() ?? []) record[name.toLowerCase()] = headers?.values(name).join(', ') ?? '';
  return record;
}
