import { constants, setPriority } from 'node:os';
import { type Bus, connectBus } from '@crossdock/bus';
import type { Lease } from '@crossdock/engine';
import { reasonOf } from '@crossdock/errors';
import { useIsolate } from '@crossdock/mapping';
import { createIsolate } from '../isolate/index.ts';
import { type Logger, openLog } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { blobCipherOf, engineOf } from './engine-of.ts';
import type { FromWorker, SentLease, ToWorker, WorkerSettings } from './messages.ts';
import { startWorker, type Worker } from './worker.ts';

type AloneSide = { bus: Bus } & ReturnType<typeof engineOf>;

const METRICS_INTERVAL_MS = 1000;
/** When the process was asked to end by a signal of its own. */
const OWN_GRACE_MS = 25_000;
const RELEASE_MS = 1000;

let log: Logger = openLog('info').log;
let worker: Worker | undefined;
let draining: Promise<void> | undefined;
/** This process runs what killed others, one execution after the other. */
let isAlone = false;
let aloneSide: Promise<AloneSide> | undefined;
const metrics = createMetrics();
const aborting = new AbortController();
useIsolate(createIsolate());

process.on('SIGTERM', () => {
  aborting.abort();
  if (!isAlone) void drain(OWN_GRACE_MS);
});
process.on('uncaughtException', (error) => crash(error));
process.on('unhandledRejection', (reason) => crash(reason));
process.on('message', (message: ToWorker) => {
  if (message.type === 'drain') void drain(message.graceMs);
  else if (message.type === 'abort') aborting.abort();
  else if (message.type === 'end') void endAlone();
  else void begin(message);
});

async function begin(message: Extract<ToWorker, { type: 'start' | 'run-alone' }>): Promise<void> {
  const { settings } = message;
  process.title = `crossdock ${settings.name}`;
  log = openLog(settings.logLevel, { worker: settings.name }).log;
  isAlone = message.type === 'run-alone';
  try {
    if (message.type === 'start') await work(settings);
    else await runAlone(settings, message.lease);
  } catch (error) {
    log.error({ reason: reasonOf(error) }, 'the worker cannot start');
    // Our trouble is not the execution's: it must not count as its crash.
    if (isAlone) process.send?.({ type: 'release', delayMs: RELEASE_MS } satisfies FromWorker, () => process.exit(1));
    else process.exit(1);
  }
}

async function work(settings: WorkerSettings): Promise<void> {
  const started = await startWorker(settings, { log, metrics });
  worker = started;
  send({ type: 'ready' });
  setInterval(async () => {
    started.measure();
    send({ type: 'metrics', snapshot: await metrics.snapshot() });
  }, METRICS_INTERVAL_MS);
}

async function openAlone(settings: WorkerSettings): Promise<AloneSide> {
  // What ended workers before may well take all it can get before it ends this one.
  setPriority(constants.priority.PRIORITY_LOW);
  const bus = await connectBus({
    ...settings.nats,
    replicas: settings.natsReplicas,
    name: `crossdock ${settings.name}`,
    log,
    blobs: blobCipherOf(settings),
  });
  return { bus, ...engineOf(bus, settings, { log, metrics }, { alone: true }) };
}

async function runAlone(settings: WorkerSettings, sent: SentLease): Promise<void> {
  aloneSide ??= openAlone(settings);
  const { engine, side } = await aloneSide;
  const { trigger, ...rest } = sent;
  const lease: Lease = {
    ...rest,
    ...(trigger ? { trigger: async () => trigger } : {}),
    // The worker that holds the lease keeps it alive.
    working: () => undefined,
    ack: () => send({ type: 'ack' }),
    release: (delayMs) => send({ type: 'release', delayMs }),
  };
  await engine.carry(lease, aborting.signal);
  await side.flush();
  send({ type: 'free' });
}

async function endAlone(): Promise<void> {
  await (await aloneSide)?.bus.close();
  process.disconnect();
}

function drain(graceMs: number): Promise<void> {
  draining ??= (worker?.drain(graceMs) ?? Promise.resolve())
    .catch((error: unknown) => log.error({ reason: reasonOf(error) }, 'the worker did not drain in order'))
    .then(async () => {
      worker?.measure();
      const snapshot = await metrics.snapshot();
      process.send?.({ type: 'metrics', snapshot } satisfies FromWorker, () => process.exit(0));
    });
  return draining;
}

function send(message: FromWorker): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

/** The state is unknown now: the parent starts another, and what was in hand is delivered again. */
function crash(thrown: unknown): void {
  log.fatal({ err: thrown }, 'the worker ends on an unexpected error');
  process.exit(1);
}
