import { reasonOf } from '@crossdock/errors';
import { useIsolate } from '@crossdock/mapping';
import { createIsolate } from '../isolate/index.ts';
import { type Logger, openLog } from '../log.ts';
import { createMetrics, type MetricsSnapshot } from '../metrics.ts';
import { type Aside, createAside } from './aside.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';
import { startWorker, type Worker } from './worker.ts';

const METRICS_INTERVAL_MS = 1000;
/** When the process was asked to end by a signal of its own. */
const OWN_GRACE_MS = 25_000;

let log: Logger = openLog('info').log;
let worker: Worker | undefined;
let aside: Aside | undefined;
let draining: Promise<void> | undefined;
const metrics = createMetrics();
useIsolate(createIsolate());

process.on('SIGTERM', () => {
  if (aside) aside.abortAll();
  else void drain(OWN_GRACE_MS);
});
process.on('uncaughtException', (error) => crash(error));
process.on('unhandledRejection', (reason) => crash(reason));
process.on('message', (message: ToWorker) => {
  if (message.type === 'drain') void drain(message.graceMs);
  else if (message.type === 'abort') aside?.abort(message.id);
  else if (message.type === 'end') void endAside();
  else void begin(message);
});

async function begin(message: Extract<ToWorker, { type: 'start' | 'run-aside' }>): Promise<void> {
  const { settings } = message;
  try {
    if (message.type === 'start') {
      beCalled(settings);
      worker = await startWorker(settings, { log, metrics });
      send({ type: 'ready' });
      tellMetrics();
    } else {
      aside ??= beAside(settings);
      await aside.run(message);
    }
  } catch (error) {
    log.error({ reason: reasonOf(error) }, 'the worker cannot start');
    lastWords([], 1);
  }
}

function beCalled(settings: WorkerSettings): void {
  process.title = `crossdock ${settings.name}`;
  log = openLog(settings.logLevel, { worker: settings.name }).log;
}

function beAside(settings: WorkerSettings): Aside {
  beCalled(settings);
  tellMetrics();
  return createAside(settings, { log, metrics, send });
}

function tellMetrics(): void {
  setInterval(async () => send({ type: 'metrics', snapshots: await snapshots() }), METRICS_INTERVAL_MS);
}

async function snapshots(): Promise<MetricsSnapshot[]> {
  return worker ? worker.snapshots() : [await metrics.snapshot()];
}

async function endAside(): Promise<void> {
  await aside?.close();
  lastWords(await snapshots(), 0);
}

function drain(graceMs: number): Promise<void> {
  draining ??= (worker?.drain(graceMs) ?? Promise.resolve())
    .catch((error: unknown) => log.error({ reason: reasonOf(error) }, 'the worker did not drain in order'))
    .then(async () => lastWords(await snapshots(), 0));
  return draining;
}

/** What was sent before is on its way when this is. */
function lastWords(last: readonly MetricsSnapshot[], code: number): void {
  const exit = () => process.exit(code);
  if (process.connected) process.send?.({ type: 'metrics', snapshots: last } satisfies FromWorker, exit);
  else exit();
}

function send(message: FromWorker): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

/** The state is unknown now: the parent starts another, and what was in hand is delivered again. */
function crash(thrown: unknown): void {
  log.fatal({ err: thrown }, 'the worker ends on an unexpected error');
  process.exit(1);
}
