import { setTimeout as sleep } from 'node:timers/promises';
import type { EventReader, EventReaders, StoredEvent } from './bus.ts';
import { API_CODES, apiCode, busError } from './bus-errors.ts';
import type { Delivery } from './delivery.ts';
import { ACK_WAIT_MS, ensureDurable } from './durable.ts';
import { firstSince } from './first-since.ts';
import type { Link } from './link.ts';
import { ALL_EVENTS, allEventsOf } from './names.ts';
import { createPullSource } from './pull-source.ts';
import { toStoredEvent } from './stored-event.ts';
import { STREAMS } from './streams.ts';

const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 30_000;

/** Readers of events, each with a durable consumer of its own, so that none waits for another. */
export function createEventReaders(link: Link): EventReaders {
  const find = async (name: string) =>
    link.jsm.consumers.info(STREAMS.events, name).catch((error: unknown) => {
      if (apiCode(error) === API_CODES.consumerNotFound) return undefined;
      throw error;
    });
  const remove = async (name: string): Promise<void> => {
    if (await find(name)) await link.jsm.consumers.delete(STREAMS.events, name);
  };
  const ensure = ({ name, env, atOnce, since, idleMs }: EventReader, startSeq = startOf(link, since)) =>
    ensureDurable(link, {
      ...{ stream: STREAMS.events, name, filter: allEventsOf(env), maxAckPending: atOnce, startSeq },
      ...(idleMs === undefined ? {} : { idleMs }),
    });
  /**
   * What a process that died had in hand comes again after newer events. So its place is taken again: the first that is not done comes first. With
   * one in hand at a time there is nothing newer, and nothing to mend.
   */
  const takeUp = async (reader: EventReader): Promise<void> => {
    const known = await find(reader.name);
    if (known && known.num_ack_pending > 0 && reader.atOnce > 1) {
      await link.jsm.consumers.delete(STREAMS.events, reader.name);
      await ensure(reader, async () => known.ack_floor.stream_seq + 1);
    } else await ensure(reader);
  };
  return {
    async read(reader, handle) {
      await onBus(link, () => takeUp(reader));
      return readOn(link, reader, { handle, ensure: async () => void (await ensure(reader)) });
    },
    waiting: (name) =>
      onBus(link, async () => {
        const known = await find(name);
        return known && known.num_pending + known.num_ack_pending;
      }),
    rewind: (reader) =>
      onBus(link, async () => {
        await remove(reader.name);
        await ensure(reader);
      }),
    remove: (name) => onBus(link, () => remove(name)),
  };
}

/** Where a reader that is new begins: with what was stored since. */
function startOf(link: Link, since: Date): () => Promise<number> {
  return () => firstSince(link, STREAMS.events, ALL_EVENTS, since.getTime());
}

async function onBus<Result>(link: Link, work: () => Promise<Result>): Promise<Result> {
  try {
    link.requireConnected();
    return await work();
  } catch (cause) {
    throw busError(cause);
  }
}

interface Work {
  handle: (event: StoredEvent, signal: AbortSignal) => Promise<void>;
  ensure(): Promise<void>;
}

/** Each key's events stand in a chain; an event is handled again, later and later, until that succeeds, and its key waits. */
function readOn(link: Link, { name, atOnce }: EventReader, { handle, ensure }: Work): { stop(): Promise<void> } {
  const inHand = new Set<Delivery>();
  const chains = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const source = createPullSource(link, {
    stream: STREAMS.events,
    consumer: name,
    room: () => atOnce - inHand.size,
    ensure,
    onMessage: take,
  });
  const keeper = setInterval(() => {
    for (const delivery of inHand) delivery.working();
  }, ACK_WAIT_MS / 3);
  return {
    async stop() {
      stopping.abort();
      await source.close();
      await Promise.all(chains.values());
      clearInterval(keeper);
      if (link.isConnected()) await link.nc.flush().catch(() => undefined);
    },
  };

  function take(delivery: Delivery): void {
    const event = toStoredEvent(delivery);
    if (event === undefined) {
      link.log.error({ reader: name, seq: delivery.seq }, 'an event cannot be read and is left out');
      delivery.ack();
      return;
    }
    inHand.add(delivery);
    const key = event.keyHash;
    const work = (chains.get(key) ?? Promise.resolve())
      .then(() => handleOne(delivery, event))
      .finally(() => {
        inHand.delete(delivery);
        if (chains.get(key) === work) chains.delete(key);
        source.wake();
      });
    chains.set(key, work);
  }

  async function handleOne(delivery: Delivery, event: StoredEvent): Promise<void> {
    for (let waitMs = RETRY_MIN_MS; !stopping.signal.aborted; waitMs = Math.min(2 * waitMs, RETRY_MAX_MS)) {
      try {
        await handle(event, stopping.signal);
        delivery.ack();
        return;
      } catch (error) {
        if (stopping.signal.aborted) break;
        link.log.warn({ reader: name, seq: delivery.seq, waitMs, reason: String(error) }, 'an event is handled again');
        await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
    delivery.release(0);
  }
}
