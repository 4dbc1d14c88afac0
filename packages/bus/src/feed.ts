import { setTimeout as sleep } from 'node:timers/promises';
import type { Feed } from './bus.ts';
import { busError } from './bus-errors.ts';
import type { Delivery } from './delivery.ts';
import { ACK_WAIT_MS, ensureDurable } from './durable.ts';
import type { Link } from './link.ts';
import { createPullSource } from './pull-source.ts';
import { FEED_CONSUMER } from './streams.ts';

const MAX_ACK_PENDING = 4_096;
const RETRY_MIN_MS = 200;
const RETRY_MAX_MS = 5_000;

/** A stream that a feed reads, by a durable consumer of its own. `decode` gives no record for what cannot be read. */
export interface FeedSource<R> {
  readonly stream: string;
  readonly filter?: string;
  readonly decode: (delivery: Delivery) => R[];
}

interface Held<R> {
  delivery: Delivery;
  records: R[];
}

/** What the read model reads of some streams, in batches. Acked after the handler, so nothing is lost when the process dies. */
export function createFeed<R>(link: Link, streams: readonly FeedSource<R>[]): Feed<R> {
  return {
    async consume({ maxBatch, maxWaitMs }, handle) {
      const queue: Held<R>[] = [];
      let inHand: Held<R>[] = [];
      let isStopping = false;
      let arrived = (): void => undefined;
      const stopSignal = new AbortController();
      const sources = await openSources();
      const keepAlive = setInterval(() => {
        for (const { delivery } of [...inHand, ...queue]) delivery.working();
      }, ACK_WAIT_MS / 3);
      const running = run();

      return async () => {
        isStopping = true;
        await Promise.all(sources.map((source) => source.close()));
        stopSignal.abort();
        arrived();
        await running;
        clearInterval(keepAlive);
        for (const { delivery } of [...inHand, ...queue]) delivery.release(0);
        if (link.isConnected()) await link.nc.flush().catch(() => undefined);
      };

      async function openSources() {
        try {
          return await Promise.all(
            streams.map(async ({ decode, ...source }) => {
              const { stream } = source;
              const spec = { ...source, name: FEED_CONSUMER, maxAckPending: MAX_ACK_PENDING };
              const ensure = () => ensureDurable(link, spec);
              await ensure();
              return createPullSource(link, {
                stream,
                consumer: FEED_CONSUMER,
                room: () => (queue.length < maxBatch ? maxBatch : 0),
                ensure: async () => void (await ensure()),
                onMessage: (delivery) => take(delivery, decode),
              });
            }),
          );
        } catch (cause) {
          throw busError(cause);
        }
      }

      function take(delivery: Delivery, decode: FeedSource<R>['decode']): void {
        if (isStopping) {
          delivery.release(0);
          return;
        }
        const records = decode(delivery);
        if (records.length === 0) {
          link.log.error({ subject: delivery.subject, seq: delivery.seq }, 'a record cannot be read and is left out');
          delivery.giveUp('unreadable record');
          return;
        }
        queue.push({ delivery, records });
        arrived();
      }

      async function run(): Promise<void> {
        while (!isStopping) {
          inHand = await gather();
          for (const source of sources) source.wake();
          if (inHand.length === 0) continue;
          const records = inHand.flatMap((held) => held.records);
          let isDone = true;
          for (let at = 0; at < records.length && isDone; at += maxBatch)
            isDone = await project(records.slice(at, at + maxBatch));
          if (!isDone) return;
          for (const { delivery } of inHand) delivery.ack();
          inHand = [];
        }
      }

      /** Waits for a first record, then up to `maxWaitMs` for company. */
      async function gather(): Promise<Held<R>[]> {
        if (queue.length === 0) await wakeUp();
        const end = Date.now() + maxWaitMs;
        while (!isStopping && queue.length < maxBatch && Date.now() < end)
          await Promise.race([wakeUp(), sleep(end - Date.now())]);
        return isStopping ? [] : queue.splice(0, maxBatch);
      }

      function wakeUp(): Promise<void> {
        return isStopping ? Promise.resolve() : new Promise((resolve) => (arrived = resolve));
      }

      /** Gives the batch to the handler until it takes it: the order stays, and newer records wait behind it. False when stopped before. */
      async function project(batch: R[]): Promise<boolean> {
        for (let delay = RETRY_MIN_MS; ; delay = Math.min(delay * 2, RETRY_MAX_MS)) {
          try {
            await handle(batch);
            return true;
          } catch (error) {
            link.log.warn({ records: batch.length, reason: String(error) }, 'a batch of records comes again');
            await sleep(delay, undefined, { signal: stopSignal.signal }).catch(() => undefined);
            if (isStopping) return false;
          }
        }
      }
    },
  };
}
