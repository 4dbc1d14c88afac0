import { setTimeout as sleep } from 'node:timers/promises';
import type { TestNatsCluster, TestNatsServer } from '@crossdock/bus/testing';
import { seededChance } from '@crossdock/engine/testing';
import type { FleetWorker } from './fleet-worker.ts';
import { signal } from './processes.ts';

type Chance = ReturnType<typeof seededChance>;
/** From and to, in milliseconds. */
export type Span = readonly [number, number];

/** One kind of harm. Gives what it did; whatever it stopped runs again when it resolves. */
export type Strike = (chance: Chance) => Promise<string>;

export interface Nemesis {
  /** What was done so far and when (milliseconds since 1970). */
  readonly struck: readonly { at: number; what: string }[];
  /** Waits for the strike under way. */
  stop(): Promise<void>;
}

/** Does harm again and again, one strike at a time, at moments and to victims that the seed decides. */
export function startNemesis(options: { seed: number; everyMs: Span; strikes: readonly Strike[] }): Nemesis {
  const chance = seededChance(options.seed);
  const struck: { at: number; what: string }[] = [];
  const stopping = new AbortController();
  const ended = (async () => {
    for (;;) {
      await sleep(within(chance, options.everyMs), undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      const at = Date.now();
      struck.push({ at, what: await chance.pick(options.strikes)(chance) });
    }
  })();
  return {
    struck,
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

/** Kills a worker: one in three times the worker process alone, else with its supervisor. */
export const killWorker =
  (workers: readonly FleetWorker[]): Strike =>
  async (chance) => {
    const worker = chance.pick(workers);
    if (chance.below(3) === 0) worker.killChild();
    else worker.killAll();
    return `killed ${worker.name}`;
  };

/** Freezes a worker and thaws it. */
export const freezeWorker =
  (workers: readonly FleetWorker[], forMs: Span): Strike =>
  async (chance) => {
    const worker = chance.pick(workers);
    const ms = within(chance, forMs);
    worker.freeze();
    await sleep(ms);
    worker.thaw();
    return `froze ${worker.name} for ${ms} ms`;
  };

/** Kills a nats-server and starts it again. */
export const killNats =
  (server: TestNatsServer, downMs: Span): Strike =>
  async (chance) => {
    const ms = within(chance, downMs);
    await server.kill();
    await sleep(ms);
    await server.restart();
    return `killed nats-server for ${ms} ms`;
  };

/** Freezes a nats-server and thaws it. */
export const freezeNats =
  (server: TestNatsServer, forMs: Span): Strike =>
  async (chance) => {
    const ms = within(chance, forMs);
    signal(server.pid, 'SIGSTOP');
    await sleep(ms);
    signal(server.pid, 'SIGCONT');
    return `froze nats-server for ${ms} ms`;
  };

/** Kills the node that leads a stream and starts it again; resolves when the cluster has caught up. */
export const killLeader =
  (cluster: TestNatsCluster, streams: readonly string[], downMs: Span): Strike =>
  async (chance) => {
    const [node, stream] = await leaderOfAny(cluster, streams, chance);
    const ms = within(chance, downMs);
    await node.kill();
    await sleep(ms);
    await node.restart();
    await cluster.ready();
    return `killed ${node.name}, leader of ${stream}, for ${ms} ms`;
  };

/** Freezes the node that leads a stream and thaws it; resolves when the cluster has caught up. */
export const freezeLeader =
  (cluster: TestNatsCluster, streams: readonly string[], forMs: Span): Strike =>
  async (chance) => {
    const [node, stream] = await leaderOfAny(cluster, streams, chance);
    const ms = within(chance, forMs);
    node.freeze();
    await sleep(ms);
    node.thaw();
    await cluster.ready();
    return `froze ${node.name}, leader of ${stream}, for ${ms} ms`;
  };

async function leaderOfAny(cluster: TestNatsCluster, streams: readonly string[], chance: Chance) {
  const stream = chance.pick(streams);
  const node = cluster.nodes[await cluster.leaderOf(stream)];
  if (!node) throw new Error(`no node leads ${stream}`);
  return [node, stream] as const;
}

function within(chance: Chance, [from, to]: Span): number {
  return from + chance.below(to - from + 1);
}
