import type { ConsumerInfo } from '@nats-io/jetstream';
import type { Link } from './link.ts';
import { flowOfConsumer, triggerFilter, undedupedTriggerFilter } from './names.ts';
import { FEED_CONSUMER, STREAMS } from './streams.ts';
import { DEDUPE_WINDOW_MS } from './trigger-store.ts';

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
    removed += await purgeFinished(link, { cut, dedupeCut: await firstSince(link, state, now() - DEDUPE_WINDOW_MS) });
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
    removed += await purge(link, undedupedTriggerFilter(flow.env, flow.flowId), below);
    removed += await purge(link, triggerFilter(flow.env, flow.flowId), Math.min(below, dedupeCut));
  }
  return removed;
}

/** Removes what matches, below this sequence. */
async function purge({ jsm }: Link, filter: string, seq: number): Promise<number> {
  if (seq <= 1) return 0;
  return (await jsm.streams.purge(STREAMS.triggers, { filter, seq })).purged;
}

/** The lowest sequence whose message is not older than `time`, by bisection; beyond the last when all are older. */
async function firstSince(
  { jsm }: Link,
  { first_seq, last_seq }: { first_seq: number; last_seq: number },
  time: number,
): Promise<number> {
  let [low, high] = [first_seq, last_seq + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    // The server takes both fields together (the next message from there on); the client's type does not know it.
    const query = { seq: middle, next_by_subj: 'evt.>' };
    const message = await jsm.streams.getMessage(STREAMS.triggers, query);
    if (message !== null && message.time.getTime() < time) low = message.seq + 1;
    else high = middle;
  }
  return low;
}
