import { existsSync, readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { type Bus, connectBus } from '@crossdock/bus';
import type { Lease } from '@crossdock/engine';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { blobCipherOf, type EngineOnBus, engineOf } from './engine-of.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';

/** The work of a process at a worker's side: it runs what it is handed over, and answers by messages. */
export interface Aside {
  /** Throws where the process cannot work at all; the execution has been given back then. */
  run(message: Extract<ToWorker, { type: 'run-aside' }>): Promise<void>;
  abort(id: number): void;
  abortAll(): void;
  close(): Promise<void>;
}

const RELEASE_MS = 1000;
/** Of this process, on Linux. */
const THREADS = '/proc/self/task';

export function createAside(
  settings: WorkerSettings,
  { log, metrics, send }: { log: Logger; metrics: Metrics; send: (message: FromWorker) => void },
): Aside {
  const inHand = new Map<number, AbortController>();
  let opened: Promise<EngineOnBus & { bus: Bus }> | undefined;

  return {
    async run({ id, lease: { trigger, ...rest } }) {
      const abort = new AbortController();
      inHand.set(id, abort);
      try {
        opened ??= open();
        const { engine, side } = await opened.catch((error: unknown) => {
          // Our trouble is not the execution's: it must not count as its crash.
          send({ type: 'release', id, delayMs: RELEASE_MS });
          throw error;
        });
        const lease: Lease = {
          ...rest,
          ...(trigger ? { trigger: async () => trigger } : {}),
          // The worker that holds the lease keeps it alive.
          working: () => undefined,
          ack: () => send({ type: 'ack', id }),
          release: (delayMs) => send({ type: 'release', id, delayMs }),
        };
        await engine.carry(lease, abort.signal);
        await side.flush();
        send({ type: 'free', id });
      } finally {
        inHand.delete(id);
      }
    },
    abort: (id) => inHand.get(id)?.abort(),
    abortAll() {
      for (const abort of inHand.values()) abort.abort();
    },
    async close() {
      const side = await opened;
      await side?.closeTracing();
      await side?.bus.close();
    },
  };

  async function open(): Promise<EngineOnBus & { bus: Bus }> {
    stepBack();
    const bus = await connectBus({
      ...settings.nats,
      replicas: settings.natsReplicas,
      name: `crossdock ${settings.name}`,
      log,
      blobs: blobCipherOf(settings),
    });
    return { bus, ...(await engineOf(bus, settings, { log, metrics }, { alone: true })) };
  }
}

/** What is run here may well take all it can get. Linux has a priority for each thread, and those of the collector take most. */
function stepBack(): void {
  const threads = existsSync(THREADS) ? readdirSync(THREADS).map(Number) : [0];
  for (const thread of threads) setPriority(thread, constants.priority.PRIORITY_LOW);
}
