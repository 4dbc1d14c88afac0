import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Bus } from '@crossdock/bus';
import { reasonOf } from '@crossdock/errors';
import { useIsolate } from '@crossdock/mapping';
import type { ControlSocket } from '../backup/control-socket.ts';
import type { Config } from '../config.ts';
import { openConnections } from '../connections/index.ts';
import { type Checks, createApp, type Listener, listen } from '../http/index.ts';
import { createIngress } from '../ingress/index.ts';
import { createLargeBodies, type LargeBodies } from '../intake/index.ts';
import { createIsolate, type IsolatePool } from '../isolate/index.ts';
import type { LogOutput } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import type { Database } from '../store/index.ts';
import { loadOrCreateSecretKey, openKeyRing, openVault, type Vault } from '../vault/index.ts';
import { awaitDataLock } from './await-data-lock.ts';
import { bannerText } from './banner.ts';
import { needsDatabase, openControlDatabase } from './control-database.ts';
import type { ControlPlane } from './control-plane.ts';
import type { DataLock } from './data-lock.ts';
import { type DataPlane, startDataPlane } from './data-plane.ts';
import { demoCurlLine } from './demo-order.ts';

const DRAIN_GRACE_MS = 25_000;
const REQUEST_GRACE_MS = 2000;
const root = new URL('../../../', import.meta.url);
const designerFolder = fileURLToPath(new URL('designer/dist', root));
const flowsDir = fileURLToPath(new URL('flows', root));

/** One start of Crossdock, from the lock of its data folder to its last child. */
export interface Runtime {
  /** Begins the start; resolves when everything is up. Throws `StartProblem`. */
  start(): Promise<void>;
  /** Takes no more, lets what runs finish, closes everything, nats-server last. Also in the middle of a start. */
  stop(): Promise<void>;
}

export function createRuntime(config: Config, output: LogOutput): Runtime {
  const { log } = output;
  const metrics = createMetrics();
  const stopping = new AbortController();
  const isStopping = () => stopping.signal.aborted;
  const listeners: Listener[] = [];
  let isolate: IsolatePool | undefined;
  let largeBodies: LargeBodies | undefined;
  let lock: DataLock | undefined;
  let starting: Promise<unknown> = Promise.resolve();
  let dataPlane: DataPlane | undefined;
  let database: Promise<Database | undefined> = Promise.resolve(undefined);
  let controlPlane: ControlPlane | undefined;
  let control: ControlSocket | undefined;

  const health = { checks: checksNow, isStopping, metrics, workerMetrics: () => dataPlane?.workers?.snapshots() ?? [] };
  let answerMain: RequestListener = createApp({ log, health });
  let answerHooks: RequestListener = answerMain;

  return {
    start() {
      starting = startAll();
      return starting as Promise<void>;
    },
    async stop() {
      stopping.abort();
      lock?.leaving();
      await Promise.all([dataPlane?.triggers?.stop(), dataPlane?.workers?.drain(DRAIN_GRACE_MS)]);
      // A start in progress ends by itself now; what it opened until then is closed below.
      await starting.catch(() => undefined);
      await inOrder([
        ['triggers', () => dataPlane?.triggers?.stop()],
        ['workers', () => dataPlane?.workers?.drain(0)],
        ['listeners', () => Promise.all(listeners.map((listener) => listener.close(REQUEST_GRACE_MS)))],
        ['backups', () => control?.close()],
        ['alarms', () => controlPlane?.alarms.stop()],
        ['subscriptions', () => controlPlane?.subscriptions.stop()],
        ['projector', () => controlPlane?.projector?.stop()],
        ['sandbox', () => dataPlane?.sandbox?.close()],
        ['bus', () => dataPlane?.bus.close()],
        ['database', async () => (await database)?.close()],
        ['nats-server', () => dataPlane?.nats?.stop()],
        ['isolate', () => isolate?.close()],
        ['large bodies', () => largeBodies?.close()],
        ['lock', () => lock?.release()],
      ]);
    },
  };

  async function startAll(): Promise<void> {
    isolate = createIsolate();
    useIsolate(isolate);
    if (usesDataFolder(config)) lock = await awaitDataLock(config.dataDir, config.port, isStopping);
    // Ports first: they are what is wrong most often, and orchestrators may ask for health from now on.
    const main = await listen((...call) => answerMain(...call), config.host, config.port, 'CROSSDOCK_PORT');
    listeners.push(main);
    lock?.answersOn(main.port);
    if (config.ingressPort !== undefined && config.roles.has('ingress')) {
      const port = config.ingressPort;
      listeners.push(await listen((...call) => answerHooks(...call), config.host, port, 'CROSSDOCK_INGRESS_PORT'));
    }
    const secretKey = await loadOrCreateSecretKey(config.dataDir, config.secretKey);
    // The slowest piece of a first start; nobody waits for it before the data plane is up.
    database = openControlDatabase(config, { log, isStopping });
    database.catch(() => undefined);
    const vault = openVault({ secretKey, previous: config.previousSecretKeys });
    dataPlane = await startDataPlane({ config, secretKey, vault, output, metrics, isStopping });
    if (!dataPlane || isStopping()) return;
    largeBodies = createLargeBodies(secretKey);
    const hooks = config.roles.has('ingress')
      ? hooksOn({ bus: dataPlane.bus, seal: vault, largeBodies, secretKey })
      : {};
    const hooksOnMain = config.ingressPort === undefined ? hooks : {};
    answerHooks = createApp({ log, health, ...hooks });
    answerMain = createApp({ log, health, ...hooksOnMain });
    const db = await database;
    if (db && !isStopping()) {
      const { bus, sandbox } = dataPlane;
      const { startControlPlane } = await import('./control-plane.ts');
      controlPlane = await startControlPlane({
        ...{ config, baseUrl: main.url, db, secretKey, bus, vault, log, metrics, flowsDir, stopping: stopping.signal },
        ...(sandbox ? { sandbox } : {}),
      });
      const { api } = controlPlane;
      if (lock) {
        const { openControlSocket } = await import('../backup/control-socket.ts');
        control = await openControlSocket({ db, bus: bus.backup, secretKey }, log);
        lock.controlledAt(control.path);
      }
      answerMain = createApp({ log, health, ...hooksOnMain, ...(api ? { api, designerFolder } : {}) });
    }
    if (!isStopping()) printBanner();
  }

  function hooksOn({
    secretKey,
    ...parts
  }: {
    bus: Bus;
    seal: Vault;
    largeBodies: LargeBodies;
    secretKey: Uint8Array;
  }) {
    const secrets = openConnections(parts.bus.registry, openKeyRing(secretKey, config.previousSecretKeys));
    const { maxBodyBytes } = config;
    return { ingress: createIngress({ ...parts, secrets, log, metrics, maxBodyBytes, isStopping }) };
  }

  function printBanner(): void {
    const [main, hooks = main] = listeners;
    if (!main || !hooks) return;
    const withDemo = config.roles.has('ingress') && config.roles.has('api');
    const curl = withDemo ? demoCurlLine(flowsDir, config.dataDir, hooks.url) : undefined;
    process.stdout.write(bannerText({ url: main.url, seeded: controlPlane?.seeded, curl }));
  }

  /** Grows while the process starts: what is missing yet is not ready. */
  function checksNow(): Checks {
    const plane = dataPlane;
    const up = async (check: (() => Promise<unknown>) | undefined) => {
      if (!check) throw new Error('starting');
      await check();
    };
    return {
      nats: () => up(plane && (() => plane.bus.check())),
      ...(needsDatabase(config) ? { database: () => up(controlPlane && checkDatabase) } : {}),
      ...(config.roles.has('projector') ? { projector: () => up(controlPlane?.projector?.check) } : {}),
      ...(config.roles.has('worker') ? { workers: () => up(plane?.workers && checkWorkers) } : {}),
    };
  }

  async function checkDatabase(): Promise<void> {
    await (await database)?.check();
  }

  async function checkWorkers(): Promise<void> {
    if (dataPlane?.workers?.ready() === 0) throw new Error('no worker is up');
  }

  /** Each step is tried whatever became of those before it. */
  async function inOrder(steps: [string, () => unknown][]): Promise<void> {
    for (const [what, close] of steps) {
      try {
        await close();
      } catch (error) {
        log.error({ what, reason: reasonOf(error) }, 'closing went wrong');
      }
    }
  }
}

/** Who keeps nothing in the folder needs no lock on it: several workers beside an external NATS may share one. */
function usesDataFolder({ nats, secretKey, sandbox, databaseUrl, roles }: Config): boolean {
  const usesPGlite = databaseUrl === undefined && (roles.has('api') || roles.has('projector'));
  return nats === undefined || secretKey === undefined || sandbox || usesPGlite;
}
