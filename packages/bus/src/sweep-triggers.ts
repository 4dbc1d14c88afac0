import type { ConsumerInfo } from '@nats-io/jetstream';
import { firstSince } from './first-since.ts';
import { DEDUPE_WINDOW_MS } from './key-claims.ts';
import type { Link } from './link.ts';
import { ALL_TRIGGERS, flowOfConsumer, laneTriggerFilter } from './names.ts';
import { FEED_CONSUMER, STREAMS } from './streams.ts';
import { type LaneCursors, type SweepCut, sweepLanes } from './sweep-lanes.ts';

/** From this share of `max_bytes` on, finished triggers make room. */
const FULL_SHARE = 0.7;
/** Lanes are looked at one by one, for so long at once; the next sweep goes on behind. */
const LANES_MS = 15_000;

export interface SweepOptions {
  /** Milliseconds since 1970; for tests of the 24 h rule. */
  now?: () => number;
  /** How far each flow's lanes were looked at by the sweep before. */
  cursors?: LaneCursors;
  isStopping?: () => boolean;
}

/**
 * Makes room on `EVT` before it refuses new triggers: removes what is finished, flow by flow, the older half first and all of it when that is not
 * enough. Stays: what a worker or the read model still has to see, and for 24 h what has a dedupe key. This shortens the time in which
 * an execution can be replayed from its trigger, hence the warning. Gives the number of triggers removed.
 */
export async function sweepTriggers(link: Link, options: SweepOptions = {}): Promise<number> {
  const { now = Date.now, cursors = new Map(), isStopping = () => false } = options;
  const deadline = Date.now() + LANES_MS;
  const pace = { cursors, isOver: () => isStopping() || Date.now() >= deadline };
  let removed = 0;
  for (const share of [0.5, 1]) {
    const { config, state } = await link.jsm.streams.info(STREAMS.triggers);
    if (config.max_bytes <= 0 || state.bytes < config.max_bytes * FULL_SHARE) break;
    const cut = state.first_seq + Math.ceil((state.last_seq - state.first_seq + 1) * share);
    const dedupeCut = await firstSince(link, STREAMS.triggers, ALL_TRIGGERS, now() - DEDUPE_WINDOW_MS);
    for (const { flow, floor } of await finishedByFlow(link)) {
      const mayGo: SweepCut = { below: Math.min(cut, floor + 1), dedupeCut };
      removed += await purgeUnordered(link, flow, mayGo);
      removed += await sweepLanes(link, flow, mayGo, pace);
    }
  }
  if (removed > 0)
    link.log.warn({ removed, stream: STREAMS.triggers }, 'the trigger store is filling: finished triggers made room');
  return removed;
}

/** Up to where each flow's triggers have been acked and shown to the read model. */
async function finishedByFlow(link: Link): Promise<{ flow: { env: string; flowId: string }; floor: number }[]> {
  const consumers: ConsumerInfo[] = [];
  for await (const info of link.jsm.consumers.list(STREAMS.triggers)) consumers.push(info);
  const seen = consumers.find(({ name }) => name === FEED_CONSUMER)?.ack_floor.stream_seq ?? Number.MAX_SAFE_INTEGER;
  return consumers.flatMap(({ name, ack_floor }) => {
    const flow = flowOfConsumer(name);
    return flow ? [{ flow, floor: Math.min(ack_floor.stream_seq, seen) }] : [];
  });
}

async function purgeUnordered(
  link: Link,
  flow: { env: string; flowId: string },
  { below, dedupeCut }: SweepCut,
): Promise<number> {
  const undeduped = await purge(link, laneTriggerFilter(flow, 'undeduped'), below);
  return undeduped + (await purge(link, laneTriggerFilter(flow, 'all'), Math.min(below, dedupeCut)));
}

async function purge({ jsm }: Link, filter: string, seq: number): Promise<number> {
  if (seq <= 1) return 0;
  return (await jsm.streams.purge(STREAMS.triggers, { filter, seq })).purged;
}
