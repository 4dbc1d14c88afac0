import { DEFAULT_CONCURRENCY } from '@crossdock/flow-model';
import type { ConsumerInfo } from '@nats-io/jetstream';
import type { Registry } from './bus.ts';
import { type DurableSpec, ensureDurable } from './durable.ts';
import type { Link } from './link.ts';
import { flowOfConsumer, triggerConsumer, triggerFilter } from './names.ts';
import { STREAMS } from './streams.ts';
import type { Watermarks } from './watermarks.ts';

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

interface Surroundings {
  link: Link;
  registry: Registry;
  watermarks: Watermarks;
}

/**
 * Where leases come from now: fired timers, every active flow, and flows no longer deployed whose triggers are not all done. Consumers are
 * never deleted: one made anew would deliver what was done long ago.
 */
export async function findLeaseSources({ link, registry, watermarks }: Surroundings): Promise<LeaseSource[]> {
  const run = durableSource(link, {
    stream: STREAMS.run,
    name: RUN_CONSUMER,
    filter: 'run.q.>',
    maxAckPending: RUN_MAX_ACK_PENDING,
  });
  /** `max_ack_pending` is the flow's concurrency over the whole fleet. */
  const triggerSource = (flow: { env: string; flowId: string }, maxAckPending: number): LeaseSource => {
    const name = triggerConsumer(flow.env, flow.flowId);
    const filter = triggerFilter(flow.env, flow.flowId);
    const startSeq = (): Promise<number | undefined> => watermarks.startSeq(name, flow);
    const isReady = existing.get(name)?.config.max_ack_pending === maxAckPending;
    return durableSource(link, { stream: STREAMS.triggers, name, filter, maxAckPending, startSeq }, isReady);
  };
  const existing = new Map<string, ConsumerInfo>();
  for await (const info of link.jsm.consumers.list(STREAMS.triggers)) existing.set(info.name, info);
  const sources = new Map<string, LeaseSource>();
  for (const { env, flowId, revision } of registry.deployments()) {
    const flow = await registry.getRevision(flowId, revision);
    const source = triggerSource({ env, flowId }, flow?.settings?.concurrency ?? DEFAULT_CONCURRENCY);
    sources.set(source.consumer, source);
  }
  for (const info of existing.values()) {
    const flow = flowOfConsumer(info.name);
    if (flow === undefined) continue;
    await watermarks.save(info);
    const isDone = info.num_pending === 0 && info.num_ack_pending === 0;
    if (isDone || sources.has(info.name)) continue;
    sources.set(info.name, triggerSource(flow, info.config.max_ack_pending ?? DEFAULT_CONCURRENCY));
  }
  return [run, ...sources.values()];
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
