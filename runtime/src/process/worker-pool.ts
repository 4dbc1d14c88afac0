import { setTimeout as sleep } from 'node:timers/promises';
import type { LogOutput } from '../log.ts';
import type { Metrics, MetricsSnapshot } from '../metrics.ts';
import { collectMetrics, type ForkedWorker, forkWorker, type WorkerSettings } from '../worker/index.ts';
import { createBackoff } from './backoff.ts';

const HEARTBEAT_CHECK_MS = 5000;
/** A worker that sent nothing over so many checks hangs: its leases went to others long ago. */
const MAX_SILENT_CHECKS = 6;
/** Beyond the grace that drains get. */
const EXIT_GRACE_MS = 3000;

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
  const collected = collectMetrics();
  const seats = Array.from({ length: count }, (_, at) => openSeat(`worker ${at + 1}`));

  return {
    size: count,
    ready: () => seats.filter((seat) => seat.isReady()).length,
    snapshots: () => collected.snapshots(),
    async drain(graceMs) {
      stopping = true;
      await Promise.all(seats.map((seat) => seat.drain(graceMs)));
    },
  };

  function openSeat(name: string) {
    let current: ForkedWorker | undefined;
    let isReady = false;
    let silentChecks = 0;
    const source = collected.open();
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
              if (message.type === 'metrics') source.took(message.snapshots);
            },
            line: (line) => output.relay(name, line),
            exit(reason) {
              isReady = false;
              source.retire();
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

    return {
      isReady: () => isReady,
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
