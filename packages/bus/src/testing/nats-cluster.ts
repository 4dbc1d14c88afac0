import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts, jetStreamBlock, type NatsProcess, startNatsProcess, testServerPath } from './nats-process.ts';

export interface NatsClusterOptions {
  /** Three when left out. */
  nodes?: number;
  /** `always`: fsync on every message; `interval` (default): the server's own two minutes. */
  sync?: 'always' | 'interval';
  /** Another nats-server than `CROSSDOCK_NATS_SERVER` names, or than the npm binary. */
  path?: string;
}

/** One nats-server of a cluster. */
export interface TestNatsNode {
  /** Its name in the cluster, as `leader` says it in stream infos. */
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  /** Ends it as a crash does (SIGKILL) and resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same ports and store, killing it first when it still runs; resolves when it takes connections. */
  restart(): Promise<void>;
  /** SIGSTOP: its connections stay open, and nothing answers. */
  freeze(): void;
  thaw(): void;
  /** SIGUSR2: it hands its leaderships over, sends its clients away and ends; resolves when it is gone, some seconds later. */
  lameDuck(): Promise<void>;
}

/** Real nats-servers with JetStream on 127.0.0.1, as one cluster. */
export interface TestNatsCluster {
  /** All servers, separated by commas, as `BusOptions.servers` takes them. */
  readonly urls: string;
  readonly nodes: readonly TestNatsNode[];
  /** Index of the node that leads a stream; waits up to 20 s for one that says so. */
  leaderOf(stream: string): Promise<number>;
  /** Resolves when every node runs, follows JetStream's leader and has all that it holds up to date; rejects after 60 s. */
  ready(): Promise<void>;
  /** Ends all nodes and removes their stores. */
  stop(): Promise<void>;
}

const READY_TIMEOUT_MS = 60_000;
const LEADER_TIMEOUT_MS = 20_000;
const POLL_MS = 100;
/** A frozen node does not answer. */
const ANSWER_TIMEOUT_MS = 1_000;
/** The server's minimum for all clients to be gone is 30 s; few clients are sent away within this grace and some seconds. */
const LAME_DUCK = 'lame_duck_duration: 30s\nlame_duck_grace_period: 1s\n';

interface Place {
  name: string;
  url: string;
  monitor: string;
  config: string;
  /** Just after the signal it may still answer. */
  isFrozen: boolean;
}

/** Starts a cluster for a test and resolves when it is `ready`. */
export async function startNatsCluster(options: NatsClusterOptions = {}): Promise<TestNatsCluster> {
  const binary = testServerPath(options.path);
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-nats-'));
  const places = await writeConfigs(folder, options.nodes ?? 3, options.sync ?? 'interval');
  const started = await Promise.allSettled(places.map(({ config }) => startNatsProcess(binary, config)));
  const servers = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.end('SIGKILL')));
    rmSync(folder, { recursive: true, force: true });
  };
  const ready = (): Promise<void> => waitReady(places);
  try {
    for (const result of started) if (result.status === 'rejected') throw result.reason;
    await ready();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    urls: places.map(({ url }) => url).join(','),
    nodes: places.map((place, at) => toNode(place, servers[at] as NatsProcess)),
    leaderOf: (stream) => findLeader(places, stream),
    ready,
    stop,
  };
}

function toNode(place: Place, server: NatsProcess): TestNatsNode {
  const kill = async (): Promise<void> => {
    await server.end('SIGKILL');
    place.isFrozen = false;
  };
  return {
    name: place.name,
    url: place.url,
    get pid() {
      return server.pid;
    },
    kill,
    async restart() {
      await kill();
      await server.start();
    },
    freeze() {
      place.isFrozen = true;
      server.signal('SIGSTOP');
    },
    thaw() {
      server.signal('SIGCONT');
      place.isFrozen = false;
    },
    lameDuck: () => server.end('SIGUSR2'),
  };
}

async function writeConfigs(folder: string, count: number, sync: 'always' | 'interval'): Promise<Place[]> {
  const ports = await freePorts(count * 3);
  const takePorts = (): number[] => ports.splice(0, count);
  const [clients, routes, monitors] = [takePorts(), takePorts(), takePorts()];
  const routeList = routes.map((port) => `nats://127.0.0.1:${port}`).join(', ');
  return clients.map((port, at) => {
    const name = `n${at + 1}`;
    const nodeFolder = join(folder, name);
    mkdirSync(nodeFolder);
    const config = join(nodeFolder, 'nats.conf');
    writeFileSync(
      config,
      `server_name: ${name}\nlisten: 127.0.0.1:${port}\nhttp: 127.0.0.1:${monitors[at]}\n` +
        `cluster {\n  name: crossdock\n  listen: 127.0.0.1:${routes[at]}\n  routes: [${routeList}]\n}\n` +
        LAME_DUCK +
        jetStreamBlock(join(nodeFolder, 'js'), sync),
    );
    const monitor = `http://127.0.0.1:${monitors[at]}`;
    return { name, url: `nats://127.0.0.1:${port}`, monitor, config, isFrozen: false };
  });
}

async function waitReady(places: readonly Place[]): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const troubles = (await Promise.all(places.map((place) => troubleOf(place, places.length)))).filter(Boolean);
    if (troubles.length === 0) return;
    if (Date.now() > deadline) throw new Error(`the NATS cluster is not ready: ${troubles.join('; ')}`);
    await sleep(POLL_MS);
  }
}

async function troubleOf({ name, monitor }: Place, size: number): Promise<string | undefined> {
  const health = await ask<{ status: string; error?: string }>(`${monitor}/healthz`);
  if (health?.status !== 'ok') return `${name}: ${health?.error ?? 'no answer'}`;
  const { meta_cluster } = (await ask<{ meta_cluster?: { cluster_size: number } }>(`${monitor}/jsz`)) ?? {};
  return meta_cluster?.cluster_size === size ? undefined : `${name}: knows ${meta_cluster?.cluster_size ?? 'no'} nodes`;
}

interface StreamLeaders {
  account_details?: { stream_detail?: { name: string; cluster?: { leader?: string } }[] }[];
}

/** A node that says it of itself: what the others say may be of a leader just killed. */
async function findLeader(places: readonly Place[], stream: string): Promise<number> {
  const deadline = Date.now() + LEADER_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const answers = await Promise.all(
      places.map(({ monitor, isFrozen }) =>
        isFrozen ? undefined : ask<StreamLeaders>(`${monitor}/jsz?accounts=true&streams=true`),
      ),
    );
    const leader = answers.findIndex((answer, at) =>
      answer?.account_details
        ?.flatMap(({ stream_detail }) => stream_detail ?? [])
        .some(({ name, cluster }) => name === stream && cluster?.leader === places[at]?.name),
    );
    if (leader >= 0) return leader;
    await sleep(POLL_MS);
  }
  throw new Error(`no node leads the stream ${stream}`);
}

/** Asks a monitoring endpoint; undefined when nothing comes in time. */
async function ask<Answer>(url: string): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    return (await response.json()) as Answer;
  } catch {
    return undefined;
  }
}
