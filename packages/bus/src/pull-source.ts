import { setTimeout as sleep } from 'node:timers/promises';
import { createInbox, type Msg, type Subscription } from '@nats-io/nats-core';
import { type Delivery, toDelivery } from './delivery.ts';
import type { Link } from './link.ts';

/** A pull request lives so long on the server; a new one follows. */
const EXPIRES_MS = 20_000;
const HEARTBEAT_MS = 2_000;
/** Silence after which the request is taken for lost: more than two heartbeats. */
const SILENCE_MS = 5_000;
const RETRY_DELAY_MS = 500;
const DRAIN_TIMEOUT_MS = 1_000;
const NANOS_PER_MS = 1_000_000;
/**
 * A request that is filled within so long is followed by one for twice as many, a slower one by one for half. Small ones leave little with a
 * process that dies or hangs; large ones spare a busy one a request and a write for every few messages.
 */
const QUICKLY_MS = 20;
const LEAST_PORTION = 4;
const MOST_PORTION = 64;

/** What a pull source is told. */
export interface PullSourceOptions {
  stream: string;
  consumer: string;
  /** How many messages may still come; asked whenever a request ends. 0 pauses until `wake`. */
  room(): number;
  onMessage(message: Delivery): void;
  /** The consumer may be gone: make sure that it exists. Pulling goes on when this resolves. */
  ensure(): Promise<void>;
}

export interface PullSource {
  /** There may be room again. */
  wake(): void;
  /** Asks for no more. Messages already on their way still reach `onMessage` before this resolves; none is left with a deaf ear. */
  close(): Promise<void>;
}

/**
 * Pulls from one durable consumer by demand: one request at a time, never for more than there is room, so that nothing piles up here
 * that another worker could run. Asks again after expiry, silence, reconnects and the loss of the consumer.
 */
export function createPullSource(link: Link, options: PullSourceOptions): PullSource {
  const inbox = createInbox();
  const subject = `$JS.API.CONSUMER.MSG.NEXT.${options.stream}.${options.consumer}`;
  let serial = 0;
  let left = 0;
  let isClosed = false;
  let isMending = false;
  let heardAt = 0;
  let askedAt = 0;
  let portion = LEAST_PORTION;
  /** How often the connection was made anew. */
  let era = 0;

  const subscription: Subscription = link.nc.subscribe(`${inbox}.*`, {
    callback: (error, message) => {
      if (error) return void mend();
      heardAt = Date.now();
      if (message.subject.startsWith(inbox)) onStatus(message);
      else onData(message);
    },
  });
  const endReconnect = link.onReconnect(() => {
    era++;
    void mend();
  });
  const pauses = watchPauses();
  const watchdog = setInterval(() => {
    pauses.tick();
    if (left > 0 && link.isConnected() && Date.now() - heardAt > SILENCE_MS) void mend();
  }, HEARTBEAT_MS);
  watchdog.unref();
  request();

  return {
    wake: request,
    async close() {
      if (isClosed) return;
      isClosed = true;
      endReconnect();
      clearInterval(watchdog);
      if (!link.isConnected()) return subscription.unsubscribe();
      const patience = new AbortController();
      await Promise.race([
        subscription.drain().catch(() => undefined),
        sleep(DRAIN_TIMEOUT_MS, undefined, { signal: patience.signal }).catch(() => undefined),
      ]);
      patience.abort();
    },
  };

  function request(): void {
    if (isClosed || left > 0 || isMending || !link.isConnected()) return;
    const batch = Math.min(options.room(), portion);
    if (batch <= 0) return;
    left = batch;
    serial++;
    heardAt = Date.now();
    askedAt = heardAt;
    const body = { batch, expires: EXPIRES_MS * NANOS_PER_MS, idle_heartbeat: HEARTBEAT_MS * NANOS_PER_MS };
    link.nc.publish(subject, JSON.stringify(body), { reply: `${inbox}.${serial}` });
  }

  function onData(message: Msg): void {
    left = Math.max(0, left - 1);
    if (left === 0) adapt();
    const cameIn = era;
    const delivery = toDelivery(message, {
      isCurrent: () => cameIn === era,
      heldSince: pauses.isOver() ? Date.now() : 0,
    });
    if (delivery) options.onMessage(delivery);
    request();
  }

  function adapt(): void {
    const wanted = Date.now() - askedAt <= QUICKLY_MS ? portion * 2 : portion / 2;
    portion = Math.min(MOST_PORTION, Math.max(LEAST_PORTION, wanted));
  }

  function onStatus(message: Msg): void {
    const code = message.headers?.code ?? 0;
    const isHeartbeat = code === 100;
    const isOld = message.subject !== `${inbox}.${serial}`;
    if (isHeartbeat || isOld) return;
    left = 0;
    // 404 and 408: the request ran out. Else the consumer was deleted, moved, or nobody answers.
    if (code === 404 || code === 408 || /batch completed/i.test(message.headers?.description ?? '')) request();
    else void mend();
  }

  async function mend(): Promise<void> {
    if (isMending || isClosed) return;
    isMending = true;
    left = 0;
    while (!isClosed) {
      try {
        await link.waitConnected(RETRY_DELAY_MS);
        await options.ensure();
        break;
      } catch (error) {
        link.log.debug({ consumer: options.consumer, reason: String(error) }, 'a consumer is not there yet');
        await sleep(RETRY_DELAY_MS);
      }
    }
    isMending = false;
    request();
  }
}

/** So long without a turn of the watchdog this process stood still. */
const PAUSE_MS = 4_000;
/** What is read so soon after it may have come before it ended. */
const READ_OUT_MS = 1_000;

/** Notices when the process stood still: what lay unread meanwhile may have been given to another. */
function watchPauses(): { tick(): void; isOver(): boolean } {
  let tickedAt = Date.now();
  let doubtUntil = 0;
  return {
    tick() {
      const now = Date.now();
      if (now - tickedAt > PAUSE_MS) doubtUntil = now + READ_OUT_MS;
      tickedAt = now;
    },
    // Node reads its sockets before its timers when it goes on.
    isOver: () => Date.now() - tickedAt <= PAUSE_MS && Date.now() >= doubtUntil,
  };
}
