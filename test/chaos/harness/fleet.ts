import { randomBytes } from 'node:crypto';
import { freePort } from '../../fixtures/free-port.ts';
import { type RunningRuntime, startRuntime } from '../../fixtures/runtime.ts';
import { allReady, type FleetWorker, startFleetWorker } from './fleet-worker.ts';
import { createMeter } from './meter.ts';

const METER_INTERVAL_MS = 1000;

/** Crossdock as a company runs it: a control process and workers of their own, on one NATS. */
export interface Fleet {
  /** API, hooks and projector. */
  readonly control: RunningRuntime;
  readonly workers: readonly FleetWorker[];
  /** Starts one more worker, ready when it resolves. */
  join(): Promise<FleetWorker>;
  /** Counts of all processes over all their lives; see `Meter.total`. Up to date after `readMeters`. */
  total(...parts: string[]): number;
  readMeters(): Promise<void>;
  /** Messages that any worker logged, with how often. */
  said(part: string): number;
  /** Kills the workers and stops the control process. */
  stop(): Promise<void>;
}

export interface FleetOptions {
  natsUrl: string;
  /** Default 4. */
  workers?: number;
  /** `127.0.0.1:port` that nodes may call. */
  oraclePort: number;
  /** Default 1. */
  replicas?: number;
  env?: Record<string, string>;
  workerEnv?: Record<string, string>;
}

/** Starts the control process (with its database in a fresh folder), then the workers; all are ready when it resolves. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const env = {
    CROSSDOCK_NATS_URL: options.natsUrl,
    CROSSDOCK_NATS_REPLICAS: String(options.replicas ?? 1),
    CROSSDOCK_SECRET_KEY: randomBytes(32).toString('base64'),
    CROSSDOCK_EGRESS_ALLOW: `127.0.0.1:${options.oraclePort}`,
    CROSSDOCK_LOG_LEVEL: 'warn',
    ...options.env,
  };
  const control = await startRuntime({ env: { ...env, CROSSDOCK_ROLES: 'api,ingress,projector' } });
  const controlMeter = createMeter(control.url);
  const workers: FleetWorker[] = [];
  const add = async (): Promise<FleetWorker> => {
    const worker = startFleetWorker(`worker ${workers.length + 1}`, await freePort(), {
      ...env,
      ...options.workerEnv,
    });
    workers.push(worker);
    return worker;
  };
  const meters = setInterval(() => void readMeters(), METER_INTERVAL_MS);
  const readMeters = async (): Promise<void> => {
    await Promise.all([controlMeter, ...workers.map(({ meter }) => meter)].map((meter) => meter.read()));
  };
  const stop = async (): Promise<void> => {
    clearInterval(meters);
    for (const worker of workers) {
      worker.thaw();
      worker.killAll('dead');
    }
    await control.stop();
  };
  try {
    for (let at = 0; at < (options.workers ?? 4); at++) await add();
    await allReady(workers);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    control,
    workers,
    async join() {
      const worker = await add();
      await allReady([worker]);
      return worker;
    },
    total: (...parts) =>
      controlMeter.total(...parts) + workers.reduce((sum, { meter }) => sum + meter.total(...parts), 0),
    readMeters,
    said: (part) =>
      workers
        .flatMap(({ said }) => [...said])
        .filter(([text]) => text.includes(part))
        .reduce((sum, [, times]) => sum + times, 0),
    stop,
  };
}
