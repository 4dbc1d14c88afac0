import { setTimeout as sleep } from 'node:timers/promises';
import { AggregatorRegistry } from 'prom-client';
import type { LogOutput } from '../log.ts';
import type { Metrics, MetricsSnapshot } from '../metrics.ts';
import { type ForkedWorker, forkWorker, type WorkerSettings } from '../worker/index.ts';
import { createBackoff } from './backoff.ts';

const HEARTBEAT_CHECK_MS = 5000;
/** A worker that sent nothing over so many checks hangs: its leases went to others long ago. */
const MAX_SILENT_CHECKS = 6;
/** Beyond the grace that drains get. */
const EXIT_GRACE_MS = 3000;
/** Metrics of ended workers kept apart before they are merged. */
const MAX_RETIRED = 16;

export interface WorkerPool {
  readonly size: number;
  /** Workers that take leases now. */
  ready(): number;
  /** Metrics of all workers, those that ended included. */
  snapshots(): MetricsSnapshot[];
  /** Drains all workers within `graceMs`; none is started again. */
  drain(graceMs: number): Promise<void>;
}

/** Starts `count` worker processes and starts each again, with growing delays, whenever it ends. */
export function startWorkerPool(
  count: number,
  settings: Omit<WorkerSettings, 'name'>,
  { output, metrics }: { output: LogOutput; metrics: Metrics },
): WorkerPool {
  let stopping = false;
  let retired: MetricsSnapshot[] = [];
  const seats = Array.from({ length: count }, (_, at) => openSeat(`worker ${at + 1}`));

  return {
    size: count,
    ready: () => seats.filter((seat) => seat.isReady()).length,
    snapshots: () => [...retired, ...seats.map((seat) => seat.snapshot())],
    async drain(graceMs) {
      stopping = true;
      await Promise.all(seats.map((seat) => seat.drain(graceMs)));
    },
  };

  async function mergeRetired(): Promise<void> {
    const count = retired.length;
    const merged = await AggregatorRegistry.aggregate(retired).getMetricsAsJSON();
    retired = [merged, ...retired.slice(count)];
  }

  function openSeat(name: string) {
    let current: ForkedWorker | undefined;
    let isReady = false;
    let silentChecks = 0;
    let snapshot: MetricsSnapshot = [];
    const backoff = createBackoff();
    let ended = Promise.resolve();
    start();
    const watch = setInterval(() => {
      if (isReady && ++silentChecks > MAX_SILENT_CHECKS) current?.process.kill('SIGKILL');
    }, HEARTBEAT_CHECK_MS);
    watch.unref();

    function start(): void {
      ended = new Promise((resolve) => {
        current = forkWorker(
          { type: 'start', settings: { ...settings, name } },
          {
            message(message) {
              silentChecks = 0;
              if (message.type === 'ready') isReady = true;
              if (message.type === 'metrics') snapshot = message.snapshot;
            },
            line: (line) => output.relay(name, line),
            exit(reason) {
              isReady = false;
              retire();
              resolve();
              if (!stopping) void startAgain(reason);
            },
          },
        );
      });
    }

    async function startAgain(reason: string): Promise<void> {
      const delayMs = backoff.next();
      output.log.warn({ worker: name, reason, delayMs }, 'a worker ended; starting it again');
      metrics.count('crossdock_worker_restarts_total');
      await sleep(delayMs);
      if (!stopping) start();
    }

    /** Counters of a worker that is gone still count; its gauges do not. */
    function retire(): void {
      retired.push(snapshot.filter(({ type }) => String(type) !== 'gauge'));
      snapshot = [];
      if (retired.length > MAX_RETIRED) void mergeRetired();
    }

    return {
      isReady: () => isReady,
      snapshot: () => snapshot,
      async drain(graceMs: number) {
        clearInterval(watch);
        current?.send({ type: 'drain', graceMs });
        const timer = setTimeout(() => current?.process.kill('SIGKILL'), graceMs + EXIT_GRACE_MS);
        await ended;
        clearTimeout(timer);
      },
    };
  }
}
