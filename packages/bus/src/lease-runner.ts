import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease } from '@crossdock/engine';
import { FlowError, isFlowError } from '@crossdock/errors';
import type { Bus } from './bus.ts';
import { busError } from './bus-errors.ts';
import type { Delivery } from './delivery.ts';
import { ACK_WAIT_MS } from './durable.ts';
import { createFairQueue } from './fair-queue.ts';
import { toLease } from './lease.ts';
import { findLeaseSources } from './lease-sources.ts';
import type { Link } from './link.ts';
import { createPullSource, type PullSource } from './pull-source.ts';
import { createWatermarks } from './watermarks.ts';

/** What is held is kept alive this often. */
const WORKING_INTERVAL_MS = ACK_WAIT_MS / 3;
/** How often the sources are looked over, beside every change of deployments. */
const SOURCES_INTERVAL_MS = 5_000;
/** Messages fetched ahead per source, so that a place that comes free has work. */
const MAX_AHEAD = 8;
/** Leases that only wait, for each that works. */
const IDLE_PER_PLACE = 8;
/** After our own trouble a lease rests this long. */
const TROUBLE_DELAY_MS = 1_000;
/** Aborted executions get this long to end. */
const ABORT_GRACE_MS = 1_000;

type Carry = (lease: Lease, signal: AbortSignal) => Promise<void>;

interface Running {
  delivery: Delivery;
  done: Promise<void>;
}

interface Surroundings {
  link: Link;
  bus: Bus;
  /** Called for each trigger that comes again after its watermark. */
  onOld(): void;
}

export interface LeaseRunner {
  stop(graceMs: number): Promise<void>;
  inFlight(): number;
}

/** Pulls leases from every source and runs at most `concurrency` at once, source by source in turn. */
export async function runLeases(
  { link, bus, onOld }: Surroundings,
  { concurrency }: { concurrency: number },
  carry: Carry,
): Promise<LeaseRunner> {
  const waiting = createFairQueue<Delivery>();
  const running = new Set<Running>();
  /** Of those running, the ones that only wait: they take no room, up to a number. */
  let idle = 0;
  /** How many of them each source holds; counted as they come and go, since this is asked for every delivery. */
  const held = new Map<string, number>();
  const pulls = new Map<string, PullSource>();
  const watermarks = createWatermarks(link);
  // One source that hangs leaves half of the room to the others.
  const share = Math.max(1, Math.ceil(concurrency / 2));
  /** Ends what still runs when the process stops. */
  const abort = new AbortController();
  let isStopping = false;
  let looking: Promise<void> | undefined;
  let lookAgain = false;

  await lookOver().catch((cause: unknown) => {
    throw busError(cause);
  });
  const endWatch = bus.registry.onDeployments(() => void lookOverSoon());
  const endReconnect = link.onReconnect(() => void lookOverSoon());
  const looker = setInterval(() => void lookOverSoon(), SOURCES_INTERVAL_MS);
  const keeper = setInterval(() => {
    for (const { delivery } of running) delivery.working();
    for (const delivery of waiting.items()) delivery.working();
  }, WORKING_INTERVAL_MS);

  return { stop, inFlight: () => running.size };

  /** One look at a time; a change during a look asks for another. */
  function lookOverSoon(): Promise<void> {
    lookAgain = true;
    looking ??= (async () => {
      while (lookAgain && !isStopping) {
        lookAgain = false;
        await lookOver().catch((error: unknown) =>
          link.log.debug({ reason: String(error) }, 'the sources of work are looked over again later'),
        );
      }
      looking = undefined;
    })();
    return looking;
  }

  /** Pulls from sources that came, stops pulling from those that went. */
  async function lookOver(): Promise<void> {
    const sources = await findLeaseSources({ link, registry: bus.registry, watermarks });
    if (isStopping) return;
    for (const { stream, consumer, isReady, ensure } of sources) {
      const isThere = isReady || (await settles(ensure(), consumer));
      if (!isThere || pulls.has(consumer)) continue;
      if (!(await settles(watermarks.load(consumer), consumer)) || isStopping) continue;
      const room = (): number => {
        const free = Math.min(share - (held.get(consumer) ?? 0), concurrency - running.size + idle);
        return Math.min(MAX_AHEAD, share) + Math.max(0, free) - waiting.waiting(consumer);
      };
      const onMessage = (delivery: Delivery): void => take(consumer, delivery);
      pulls.set(consumer, createPullSource(link, { stream, consumer, room, onMessage, ensure }));
    }
    const names = new Set(sources.map(({ consumer }) => consumer));
    for (const [consumer, pull] of pulls) {
      if (names.has(consumer)) continue;
      pulls.delete(consumer);
      await pull.close();
    }
  }

  /** One flow's trouble is not to hold up the others; it is looked at again soon. */
  async function settles(work: Promise<void>, consumer: string): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      link.log.warn({ consumer, reason: String(error) }, 'a source of work is not ready');
      return false;
    }
  }

  function take(source: string, delivery: Delivery): void {
    if (isStopping) {
      delivery.release(0);
      return;
    }
    waiting.push(source, delivery);
    dispatch();
  }

  function dispatch(): void {
    while (!isStopping && running.size - idle < concurrency) {
      const next = waiting.take((source) => (held.get(source) ?? 0) < share);
      if (next === undefined) return;
      start(next.source, next.item);
      pulls.get(next.source)?.wake();
    }
  }

  function start(source: string, delivery: Delivery): void {
    const isOld = delivery.deliveryCount === 1 && watermarks.isOld(source, delivery);
    const lease = toLease(delivery, { blobs: bus.blobs, isOld });
    if (lease === undefined) {
      link.log.error({ subject: delivery.subject, seq: delivery.seq }, 'a message is no lease and is given up');
      delivery.giveUp('not a lease');
      return;
    }
    if (lease.isOld) onOld();
    const entry: Running = { delivery, done: Promise.resolve() };
    let isIdle = false;
    const setIdle = (wanted: boolean): void => {
      if (wanted === isIdle || (wanted && idle >= concurrency * IDLE_PER_PLACE)) return;
      isIdle = wanted;
      idle += wanted ? 1 : -1;
      count(source, wanted ? -1 : 1);
      if (wanted) dispatch();
    };
    entry.done = carryOut({ ...lease, idle: setIdle }, entry).finally(() => {
      setIdle(false);
      running.delete(entry);
      count(source, -1);
      dispatch();
    });
    running.add(entry);
    count(source, 1);
  }

  function count(source: string, change: 1 | -1): void {
    held.set(source, (held.get(source) ?? 0) + change);
  }

  async function carryOut(lease: Lease, { delivery }: Running): Promise<void> {
    try {
      await carry(lease, abort.signal);
      if (abort.signal.aborted) delivery.release(0);
    } catch (error) {
      // Another worker holds the message: giving it back would take it from there.
      if (isFlowError(error, 'SYSTEM_LEASE_LOST')) return;
      link.log.warn({ ...lease.address, reason: String(error) }, 'an execution is given back');
      delivery.release(TROUBLE_DELAY_MS);
    }
  }

  async function stop(graceMs: number): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    endWatch();
    endReconnect();
    clearInterval(looker);
    await Promise.all([...pulls.values()].map((pull) => pull.close()));
    for (const delivery of waiting.drain()) delivery.release(0);
    await settled(graceMs);
    abort.abort(new FlowError('SYSTEM_STOPPING'));
    await settled(ABORT_GRACE_MS);
    for (const { delivery } of running) delivery.release(0);
    clearInterval(keeper);
    if (link.isConnected()) await link.nc.flush().catch(() => undefined);
  }

  async function settled(withinMs: number): Promise<void> {
    if (running.size === 0) return;
    const timer = new AbortController();
    await Promise.race([
      Promise.all([...running].map(({ done }) => done)),
      sleep(withinMs, undefined, { signal: timer.signal }).catch(() => undefined),
    ]);
    timer.abort();
  }
}
