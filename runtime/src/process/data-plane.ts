import { join } from 'node:path';
import { type Bus, connectBus } from '@crossdock/bus';
import type { Config, NatsAddress } from '../config.ts';
import { openConnections } from '../connections/index.ts';
import { createEgress } from '../egress/index.ts';
import type { LogOutput } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { type Sandbox, startSandbox } from '../sandbox/index.ts';
import { createBlobCipher, openKeyRing, type Vault } from '../vault/index.ts';
import { type EmbeddedNats, startEmbeddedNats } from './embedded-nats.ts';
import { tellVersion } from './nats-version.ts';
import { patiently } from './patiently.ts';
import { startTriggers, type Triggers } from './triggers.ts';
import { startWorkerPool, type WorkerPool } from './worker-pool.ts';

/** What every start has, whatever its roles: the bus, and what hangs on it alone. */
export interface DataPlane {
  readonly nats: EmbeddedNats | undefined;
  readonly bus: Bus;
  readonly sandbox: Sandbox | undefined;
  readonly workers: WorkerPool | undefined;
  /** What starts executions besides hooks and the API. */
  readonly triggers: Triggers | undefined;
}

export interface DataPlaneContext {
  readonly config: Config;
  readonly secretKey: Uint8Array;
  readonly vault: Vault;
  readonly output: LogOutput;
  readonly metrics: Metrics;
  readonly isStopping: () => boolean;
}

/** Starts nats-server where it is embedded, connects, and starts sandbox and workers. Undefined when it was stopped meanwhile. */
export async function startDataPlane(context: DataPlaneContext): Promise<DataPlane | undefined> {
  const { config, output, metrics } = context;
  const { log } = output;
  const nats = config.nats ? undefined : await startEmbeddedNats({ config, log, metrics });
  const address = config.nats ?? nats?.address;
  if (!address) return undefined;
  const blobs = createBlobCipher(context.secretKey, config.previousSecretKeys);
  const bus = await patiently(
    'NATS',
    () => connectBus({ ...address, replicas: config.natsReplicas, name: 'crossdock', log, blobs, ...limitsOf(config) }),
    { log, isStopping: context.isStopping },
  );
  if (!bus) return undefined;
  tellVersion(bus.server, { isEmbedded: nats !== undefined, log });
  const sandbox = config.sandbox ? await startSandbox({ dir: join(config.dataDir, 'sandbox'), log }) : undefined;
  const workers = config.roles.has('worker') ? startWorkers(context, address, sandbox) : undefined;
  // In either role, so that schedules tick and messages are heard wherever orders are taken or worked at, whatever else is down.
  const hasTriggers = config.roles.has('worker') || config.roles.has('ingress');
  const triggers = hasTriggers ? startTriggers(triggerContext(context, bus, sandbox)) : undefined;
  return { nats, bus, sandbox, workers, triggers };
}

function triggerContext(
  { config, secretKey, vault, output: { log }, metrics }: DataPlaneContext,
  bus: Bus,
  sandbox: Sandbox | undefined,
): Parameters<typeof startTriggers>[0] {
  const connections = openConnections(bus.registry, openKeyRing(secretKey, config.previousSecretKeys));
  const http = createEgress({
    ...{ allow: config.egressAllow, allowIn: bus.registry.egress, nat64: config.nat64 },
    ...(sandbox ? { sandboxHost: new URL(sandbox.url).host } : {}),
  });
  return { bus, seal: vault, log, metrics, connections, http };
}

/** The main process alone sets sizes; what its workers connect to has them. */
function limitsOf({ triggerStoreBytes }: Config): { limits?: { triggerBytes: number } } {
  return triggerStoreBytes === undefined ? {} : { limits: { triggerBytes: triggerStoreBytes } };
}

function startWorkers(
  { config, secretKey, output, metrics }: DataPlaneContext,
  nats: NatsAddress,
  sandbox: Sandbox | undefined,
): WorkerPool {
  return startWorkerPool(
    config.workers,
    {
      nats,
      natsReplicas: config.natsReplicas,
      concurrency: config.workerConcurrency,
      egressAllow: config.egressAllow,
      nat64: config.nat64,
      secretKey: base64(secretKey),
      previousSecretKeys: config.previousSecretKeys.map(base64),
      logLevel: config.logLevel,
      ...(config.traces ? { traces: config.traces } : {}),
      ...(sandbox ? { sandboxHost: new URL(sandbox.url).host } : {}),
    },
    { output, metrics },
  );
}

const base64 = (key: Uint8Array): string => Buffer.from(key).toString('base64');
