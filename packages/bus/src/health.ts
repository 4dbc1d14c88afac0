import type { BreakerState } from '@crossdock/engine';
import type { ConsumerInfo, StreamInfo } from '@nats-io/jetstream';
import { busError } from './bus-errors.ts';
import type { Guards } from './guards.ts';
import { inParallel } from './in-parallel.ts';
import type { Link } from './link.ts';
import { DROPPED_TRACES_SUBJECT, flowOfConsumer, triggerFilter } from './names.ts';
import { FEED_CONSUMER, STREAMS, type StoreLimits } from './streams.ts';

/** The triggers of one flow that no worker has settled yet. */
export interface QueueReading {
  env: string;
  flowId: string;
  depth: number;
  /** When the oldest of them was stored, in milliseconds since 1970; missing where there is none. */
  oldestAt?: number;
}

/** A circuit breaker that is not closed. */
export interface BreakerReading extends BreakerState {
  env: string;
  /** As in `Span.remote`, or `node:<flow>/<node>`. */
  remote: string;
}

export interface StoreReading {
  triggerBytes: number;
  triggerLimit: number;
  journalRecords: number;
  /** Over it, executions that ended well are kept for an hour instead of a day. */
  journalLimit: number;
  /** Payload traces that workers dropped in the last day, and when the last one was (milliseconds since 1970). */
  droppedTraces: number;
  droppedAt?: number;
  /** Traces that fell out of their store before the read model had them. */
  unreadTraces: number;
}

/** How the bus is right now. */
export interface BusReading {
  queues: QueueReading[];
  breakers: BreakerReading[];
  stores: StoreReading;
}

export interface BusHealth {
  /** Asks the servers; throws `SYSTEM_BUS_…`. For people and alarms, not for every order. */
  read(): Promise<BusReading>;
}

const ASK_AT_ONCE = 8;

export function createBusHealth(link: Link, guards: Guards, limits: StoreLimits): BusHealth {
  return {
    async read() {
      try {
        link.requireConnected();
        const [queues, stores] = await Promise.all([readQueues(link), readStores(link, limits)]);
        return { queues, breakers: guards.openBreakers().flatMap(breakerReading), stores };
      } catch (cause) {
        throw busError(cause);
      }
    },
  };
}

async function readQueues(link: Link): Promise<QueueReading[]> {
  const consumers: ConsumerInfo[] = [];
  for await (const info of link.jsm.consumers.list(STREAMS.triggers)) consumers.push(info);
  const queues: QueueReading[] = [];
  await inParallel(consumers, ASK_AT_ONCE, async ({ name, num_pending, num_ack_pending, ack_floor }) => {
    const flow = flowOfConsumer(name);
    if (!flow) return;
    const depth = num_pending + num_ack_pending;
    const oldest =
      depth > 0
        ? await link.next(STREAMS.triggers, triggerFilter(flow.env, flow.flowId), ack_floor.stream_seq + 1)
        : undefined;
    queues.push({ ...flow, depth, ...(oldest ? { oldestAt: oldest.time.getTime() } : {}) });
  });
  return queues;
}

async function readStores(link: Link, limits: StoreLimits): Promise<StoreReading> {
  const [triggers, journal, trace] = await Promise.all(
    [STREAMS.triggers, STREAMS.journal, STREAMS.trace].map((name) => link.jsm.streams.info(name)),
  );
  const dropped = await link.last(STREAMS.permits, DROPPED_TRACES_SUBJECT);
  return {
    triggerBytes: triggers?.state.bytes ?? 0,
    triggerLimit: triggers?.config.max_bytes ?? limits.triggerBytes,
    journalRecords: journal?.state.messages ?? 0,
    journalLimit: limits.journalRecords,
    droppedTraces: dropped ? countOf(dropped.string()) : 0,
    ...(dropped ? { droppedAt: dropped.time.getTime() } : {}),
    unreadTraces: trace ? await readUnread(link, trace) : 0,
  };
}

/** A counter's message holds its value (ADR-49). */
function countOf(text: string): number {
  const { val } = JSON.parse(text) as { val?: string };
  return Number(val ?? 0);
}

async function readUnread({ jsm }: Link, { state }: StreamInfo): Promise<number> {
  const info = await jsm.consumers.info(STREAMS.trace, FEED_CONSUMER).catch(() => undefined);
  return info ? Math.max(0, state.first_seq - 1 - info.delivered.stream_seq) : 0;
}

function breakerReading({ scope, ...breaker }: BreakerState & { scope: string }): BreakerReading[] {
  const slash = scope.indexOf('/');
  return slash > 0 ? [{ ...breaker, env: scope.slice(0, slash), remote: scope.slice(slash + 1) }] : [];
}
