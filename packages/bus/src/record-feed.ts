import { setTimeout as sleep } from 'node:timers/promises';
import type { DeadLetterRecord } from '@crossdock/engine';
import type { FeedRecord, RecordFeed } from './bus.ts';
import { busError } from './bus-errors.ts';
import type { Delivery } from './delivery.ts';
import { ACK_WAIT_MS, ensureDurable } from './durable.ts';
import { decodeSnapshot } from './journal-codec.ts';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';
import { JOURNAL_FILTER, REFUSALS_SUBJECT } from './names.ts';
import { createPullSource } from './pull-source.ts';
import { decodeRefusals } from './refusals.ts';
import { FEED_CONSUMER, STREAMS } from './streams.ts';
import { decodeTraceBatch } from './trace.ts';
import { decodeTrigger } from './trigger-codec.ts';

const MAX_ACK_PENDING = 4_096;
const RETRY_MIN_MS = 200;
const RETRY_MAX_MS = 5_000;

type Decode = (delivery: Delivery) => FeedRecord[];

const SOURCES: { stream: string; filter?: string; decode: Decode }[] = [
  {
    stream: STREAMS.triggers,
    decode: ({ seq, data }) => {
      const record = decodeTrigger(data);
      return record ? [{ kind: 'trigger', seq, record }] : [];
    },
  },
  {
    stream: STREAMS.journal,
    filter: JOURNAL_FILTER,
    decode: ({ seq, data }) => {
      const record = decodeSnapshot(data);
      return record ? [{ kind: 'journal', seq, record }] : [];
    },
  },
  {
    stream: STREAMS.trace,
    decode: ({ seq, data, subject }) =>
      subject === REFUSALS_SUBJECT
        ? decodeRefusals(data).map((record) => ({ kind: 'refusal', seq, record }))
        : decodeTraceBatch(data).map((record) => ({ kind: 'trace', seq, record })),
  },
  {
    stream: STREAMS.deadLetters,
    decode: ({ seq, data }) => {
      const record = decodeJson(data) as DeadLetterRecord | undefined;
      return record ? [{ kind: 'dead-letter', seq, record }] : [];
    },
  },
];

interface Held {
  delivery: Delivery;
  records: FeedRecord[];
}

/** Everything that the read model is made of, in one stream of batches. Acked after the handler, so nothing is lost when the process dies. */
export function createRecordFeed(link: Link): RecordFeed {
  return {
    async consume({ maxBatch, maxWaitMs }, handle) {
      const queue: Held[] = [];
      let inHand: Held[] = [];
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
            SOURCES.map(async ({ decode, ...source }) => {
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

      function take(delivery: Delivery, decode: Decode): void {
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
      async function gather(): Promise<Held[]> {
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
      async function project(batch: FeedRecord[]): Promise<boolean> {
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
