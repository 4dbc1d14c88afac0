import type { ConsumerInfo } from '@nats-io/jetstream';
import { readRecord } from './cas-record.ts';
import { firstSince } from './first-since.ts';
import type { Link } from './link.ts';
import { bucketSubject, triggerFilter } from './names.ts';
import { BUCKETS, STREAMS } from './streams.ts';

/**
 * How far a consumer's triggers are all acked, and when that was seen (RFC 3339, the server's clock). A message up to `floor` that was stored after
 * `at` is a later one: the stream had lost its end, or all, and counted on from there.
 */
interface Watermark {
  floor: number;
  at: string;
}

/** Where each flow's consumer stood, on `WM`: what a consumer brings from below it was done before. */
export interface Watermarks {
  /** Remembers how far this consumer is, when it is further than before. */
  save(info: ConsumerInfo): Promise<void>;
  /** Reads what was saved, once; until then nothing counts as old. */
  load(consumer: string): Promise<void>;
  /** Whether a message was acked before the watermark was saved. */
  isOld(consumer: string, message: { seq: number; storedAtNs: string }): boolean;
  /** Where a consumer begins that has to be made anew; undefined for the first message. */
  startSeq(consumer: string, flow: { env: string; flowId: string }): Promise<number | undefined>;
}

export function createWatermarks(link: Link): Watermarks {
  const known = new Map<string, Watermark>();
  return {
    async save(info) {
      const floor = info.ack_floor.stream_seq;
      if (floor <= (known.get(info.name)?.floor ?? 0)) return;
      const stored = await read(info.name);
      if (stored && stored.floor >= floor) {
        known.set(info.name, stored);
        return;
      }
      const watermark: Watermark = { floor, at: (info as ConsumerInfo & { ts: string }).ts };
      await link.publish(bucketSubject(BUCKETS.watermarks, info.name), JSON.stringify(watermark));
      known.set(info.name, watermark);
    },
    async load(consumer) {
      if (known.has(consumer)) return;
      const stored = await read(consumer);
      if (stored) known.set(consumer, stored);
    },
    isOld(consumer, { seq, storedAtNs }) {
      const watermark = known.get(consumer);
      if (watermark === undefined || seq > watermark.floor) return false;
      return Number(storedAtNs) / 1e6 < Date.parse(watermark.at);
    },
    async startSeq(consumer, { env, flowId }) {
      const watermark = await read(consumer);
      if (watermark === undefined) return undefined;
      const later = await firstSince(link, STREAMS.triggers, triggerFilter(env, flowId), Date.parse(watermark.at));
      return Math.min(watermark.floor + 1, later);
    },
  };

  async function read(consumer: string): Promise<Watermark | undefined> {
    const subject = bucketSubject(BUCKETS.watermarks, consumer);
    return (await readRecord<Watermark>(link, { stream: `KV_${BUCKETS.watermarks}`, subject }))?.value;
  }
}
