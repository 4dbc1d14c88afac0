import { hostname } from 'node:os';
import { type BlobCipher, type Bus, openCrossReferences, openWorkerSide, type WorkerSide } from '@crossdock/bus';
import { manifestsByType } from '@crossdock/connectors/manifests';
import { runnersByType } from '@crossdock/connectors/runners';
import {
  createEngine,
  createTokens,
  type Engine,
  type EngineObserver,
  type EngineOptions,
  type GuardPort,
  systemClock,
} from '@crossdock/engine';
import { openConnections } from '../connections/index.ts';
import { createEgress } from '../egress/index.ts';
import { boundedLabel } from '../health/bounded-label.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { openStatuses } from '../statuses/index.ts';
import type { Tracing } from '../telemetry/index.ts';
import { createBlobCipher, openKeyRing, openVault } from '../vault/index.ts';
import type { WorkerSettings } from './messages.ts';

export interface EngineOnBus {
  readonly engine: Engine;
  readonly side: WorkerSide;
  /** Sends the traces that wait, within a time limit. */
  closeTracing(): Promise<void>;
}

/** What a collector gets to take the last spans: less than what a drain has beyond its grace. */
const LAST_SPANS_MS = 2000;

/** What the blobs of this worker's bus rest in. */
export function blobCipherOf({ secretKey, previousSecretKeys = [] }: WorkerSettings): BlobCipher {
  return createBlobCipher(keyIn(secretKey), previousSecretKeys.map(keyIn));
}

/** An engine on the real ports: JetStream, the guarded way out, the vault and every node type. */
export async function engineOf(
  bus: Bus,
  settings: WorkerSettings,
  { log, metrics }: { log: Logger; metrics: Metrics },
  options: Pick<EngineOptions, 'alone' | 'runAlone' | 'runBeside'> = {},
): Promise<EngineOnBus> {
  const tracing = await tracingOf(settings, { log, metrics });
  const side = openWorkerSide(bus);
  const secretKey = keyIn(settings.secretKey);
  const previous = (settings.previousSecretKeys ?? []).map(keyIn);
  const engine = createEngine(
    {
      journal: side.journal,
      timers: side.timers,
      trace: side.trace,
      deadLetters: side.deadLetters,
      replies: side.replies,
      lanes: side.lanes,
      children: side.children,
      events: side.events,
      commands: side.commands,
      cancels: side.cancels,
      guards: watchBreakers(side.guards, { log, metrics }),
      messages: (env) => side.messages(env),
      xrefs: openCrossReferences(bus.xrefs),
      statuses: openStatuses(bus.registry),
      blobs: bus.blobs,
      http: createEgress({
        allow: settings.egressAllow,
        allowIn: bus.registry.egress,
        ...(settings.nat64 === undefined ? {} : { nat64: settings.nat64 }),
        ...(settings.sandboxHost === undefined ? {} : { sandboxHost: settings.sandboxHost }),
      }),
      connections: openConnections(bus.registry, openKeyRing(secretKey, previous)),
      clock: systemClock,
      flows: {
        revision: (flowId, revision) => bus.registry.getRevision(flowId, revision),
        variables: (env) => bus.registry.variables(env),
        deployed: (env, flowId) => deployedRevision(bus, env, flowId),
      },
      seal: openVault({ secretKey, previous }),
      manifests: manifestsByType,
      runners: runnersByType,
      newToken: createTokens(),
      random: Math.random,
    },
    { ...options, slots: settings.concurrency, observer: { ...observerOf(log, metrics), ...tracing?.observer } },
  );
  return { engine, side, closeTracing: async () => tracing?.close(LAST_SPANS_MS) };
}

/** What is not asked for is not even loaded. */
async function tracingOf(
  { traces, name }: WorkerSettings,
  { log, metrics }: { log: Logger; metrics: Metrics },
): Promise<Tracing | undefined> {
  if (!traces) return undefined;
  const { openTracing } = await import('../telemetry/index.ts');
  return openTracing(traces, { log, metrics, instance: `${hostname()} ${name}` });
}

const keyIn = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

function deployedRevision({ registry }: Bus, env: string, flowId: string): number | undefined {
  return registry.deployments().find((deployment) => deployment.env === env && deployment.flowId === flowId)?.revision;
}

/** Tells of each change of a circuit breaker that this worker made. */
function watchBreakers(guards: GuardPort, { log, metrics }: { log: Logger; metrics: Metrics }): GuardPort {
  return {
    ...guards,
    async setBreaker(scope, next, expectedVersion) {
      const isChanged = await guards.setBreaker(scope, next, expectedVersion);
      if (isChanged) {
        metrics.count('crossdock_breaker_changes_total', { state: next.state });
        log.info({ scope, ...next }, 'a circuit breaker changed');
      }
      return isChanged;
    },
  };
}

/** A flow may take hosts from payloads: beyond so many they are one. */
const MAX_REMOTES = 200;

function observerOf(log: Logger, metrics: Metrics): EngineObserver {
  const label = boundedLabel(MAX_REMOTES);
  const countCall = (labels: { env: string; remote: string }, status: string, durationMs: number): void => {
    const outcome = status === 'succeeded' ? 'succeeded' : status === 'cancelled' ? 'cancelled' : 'failed';
    metrics.count('crossdock_remote_attempts_total', { ...labels, outcome });
    metrics.observe('crossdock_remote_seconds', durationMs / 1000, labels);
  };
  return {
    attempted({ flowId, env, nodeId, nodeType, attempt, status, durationMs, remote, error }) {
      metrics.count('crossdock_node_attempts_total', { type: nodeType, status });
      if (attempt > 1) metrics.count('crossdock_node_retries_total', { env, flow: flowId });
      if (remote !== undefined) countCall({ env, remote: label(remote) }, status, durationMs);
      log.debug({ env, flowId, nodeId, status, durationMs, code: error?.code }, 'node attempted');
    },
    settled({ address: { env, flowId, executionId }, status, durationMs }) {
      metrics.count('crossdock_executions_total', { env, flow: flowId, status });
      metrics.observe('crossdock_execution_seconds', durationMs / 1000, { env, flow: flowId });
      log.debug({ env, flowId, executionId, status, durationMs }, 'execution settled');
    },
    dropped({ env, flowId, executionId }) {
      log.warn({ env, flowId, executionId }, 'a trigger that was done long ago came again and was not run');
    },
    troubled({ address: { env, flowId, executionId }, error }) {
      log.warn({ env, flowId, executionId, code: error.code, reason: error.message }, 'gave an execution back');
    },
  };
}
