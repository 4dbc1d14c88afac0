import { DEFAULT_CONCURRENCY } from '@crossdock/flow-model';
import type { ConsumerInfo } from '@nats-io/jetstream';
import type { Registry } from './bus.ts';
import { type DurableSpec, ensureDurable } from './durable.ts';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';
import { flowOfConsumer, triggerConsumer, triggerFilter } from './names.ts';
import { BUCKETS, STREAMS } from './streams.ts';

/** Durable consumer of fired timers and commands, shared by all workers. */
const RUN_CONSUMER = 'w';
const RUN_MAX_ACK_PENDING = 10_000;

/** One place that leases come from. */
export interface LeaseSource {
  stream: string;
  consumer: string;
  /** Seen to be as it should be just now. */
  isReady: boolean;
  /** Creates the consumer where it is missing, adjusts it where it differs. */
  ensure(): Promise<void>;
}

/**
 * Where leases come from now: fired timers, every active flow, and flows no longer deployed whose triggers are not all done. Consumers are
 * never deleted: one made anew would deliver what was done long ago.
 */
export async function findLeaseSources(link: Link, registry: Registry): Promise<LeaseSource[]> {
  const run = durableSource(link, {
    stream: STREAMS.run,
    name: RUN_CONSUMER,
    filter: 'run.q.>',
    maxAckPending: RUN_MAX_ACK_PENDING,
  });
  const existing = new Map<string, ConsumerInfo>();
  for await (const info of link.jsm.consumers.list(STREAMS.triggers)) existing.set(info.name, info);
  const sources = new Map<string, LeaseSource>();
  for (const { env, flowId, revision } of registry.deployments()) {
    const flow = await registry.getRevision(flowId, revision);
    const source = triggerSource(link, { env, flowId }, flow?.settings?.concurrency ?? DEFAULT_CONCURRENCY, existing);
    sources.set(source.consumer, source);
  }
  for (const info of existing.values()) {
    const flow = flowOfConsumer(info.name);
    if (flow === undefined) continue;
    await saveWatermark(link, info);
    const isDone = info.num_pending === 0 && info.num_ack_pending === 0;
    if (isDone || sources.has(info.name)) continue;
    sources.set(info.name, triggerSource(link, flow, info.config.max_ack_pending ?? DEFAULT_CONCURRENCY, existing));
  }
  return [run, ...sources.values()];
}

/** A flow's triggers in one environment. `max_ack_pending` is the flow's concurrency over the whole fleet. */
function triggerSource(
  link: Link,
  { env, flowId }: { env: string; flowId: string },
  maxAckPending: number,
  existing: ReadonlyMap<string, ConsumerInfo>,
): LeaseSource {
  const name = triggerConsumer(env, flowId);
  return durableSource(
    link,
    {
      stream: STREAMS.triggers,
      name,
      filter: triggerFilter(env, flowId),
      maxAckPending,
      startSeq: () => readWatermark(link, name),
    },
    existing.get(name)?.config.max_ack_pending === maxAckPending,
  );
}

function durableSource(link: Link, spec: DurableSpec, isReady = false): LeaseSource {
  return {
    stream: spec.stream,
    consumer: spec.name,
    isReady,
    async ensure() {
      await ensureDurable(link, spec);
    },
  };
}

/** How far a consumer's triggers are all done: a consumer that the server lost begins behind it. */
interface Watermark {
  floor: number;
}

const saved = new WeakMap<Link, Map<string, number>>();
const watermarkSubject = (consumer: string): string => `$KV.${BUCKETS.watermarks}.${consumer}`;

async function saveWatermark(link: Link, info: ConsumerInfo): Promise<void> {
  const floors = saved.get(link) ?? new Map<string, number>();
  saved.set(link, floors);
  const floor = info.ack_floor.stream_seq;
  if (floor <= (floors.get(info.name) ?? 0)) return;
  const known = await readFloor(link, info.name);
  if (floor > known) await link.publish(watermarkSubject(info.name), JSON.stringify({ floor } satisfies Watermark));
  floors.set(info.name, Math.max(floor, known));
}

async function readFloor(link: Link, consumer: string): Promise<number> {
  const stored = await link.last(`KV_${BUCKETS.watermarks}`, watermarkSubject(consumer));
  return (stored && (decodeJson(stored.data) as Watermark | undefined))?.floor ?? 0;
}

/** The first sequence that may not be done. A watermark ahead of the stream belongs to an earlier one and counts for nothing. */
async function readWatermark(link: Link, consumer: string): Promise<number | undefined> {
  const floor = await readFloor(link, consumer);
  if (floor === 0) return undefined;
  const { state } = await link.jsm.streams.info(STREAMS.triggers);
  return floor > state.last_seq ? undefined : floor + 1;
}
