import type { ConsumerInfo } from '@nats-io/jetstream';
import { firstSince } from './first-since.ts';
import { DEDUPE_WINDOW_MS } from './key-claims.ts';
import type { Link } from './link.ts';
import { flowOfConsumer } from './names.ts';
import { purgeTriggers } from './purge-triggers.ts';
import { FEED_CONSUMER, STREAMS } from './streams.ts';
import { sweepLanes } from './sweep-lanes.ts';

/** From this share of `max_bytes` on, finished triggers make room. */
const FULL_SHARE = 0.7;

/**
 * Makes room on `EVT` before it refuses new triggers: purges what is finished, flow by flow, the older half first and all of it when that is not
 * enough. Stays: what a worker or the read model still has to see, and for 24 h what has a dedupe key. This shortens the time in which
 * an execution can be replayed from its trigger, hence the warning. Gives the number of triggers removed.
 */
export async function sweepTriggers(link: Link, now: () => number = Date.now): Promise<number> {
  let removed = 0;
  for (const share of [0.5, 1]) {
    const { config, state } = await link.jsm.streams.info(STREAMS.triggers);
    if (config.max_bytes <= 0 || state.bytes < config.max_bytes * FULL_SHARE) break;
    const cut = state.first_seq + Math.ceil((state.last_seq - state.first_seq + 1) * share);
    const dedupeCut = await firstSince(link, STREAMS.triggers, 'evt.>', now() - DEDUPE_WINDOW_MS);
    removed += await purgeFinished(link, { cut, dedupeCut });
  }
  if (removed > 0)
    link.log.warn({ removed, stream: STREAMS.triggers }, 'the trigger store is filling: finished triggers made room');
  return removed;
}

async function purgeFinished(link: Link, { cut, dedupeCut }: { cut: number; dedupeCut: number }): Promise<number> {
  const consumers: ConsumerInfo[] = [];
  for await (const info of link.jsm.consumers.list(STREAMS.triggers)) consumers.push(info);
  const seen = consumers.find(({ name }) => name === FEED_CONSUMER)?.ack_floor.stream_seq ?? Number.MAX_SAFE_INTEGER;
  let removed = 0;
  for (const { name, ack_floor } of consumers) {
    const flow = flowOfConsumer(name);
    if (flow === undefined) continue;
    const below = Math.min(cut, ack_floor.stream_seq + 1, seen + 1);
    removed += await purgeTriggers(link, flow, { below, dedupeCut });
    removed += await sweepLanes(link, flow, { below, dedupeCut });
  }
  return removed;
}
