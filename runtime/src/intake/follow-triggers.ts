import { setTimeout as sleep } from 'node:timers/promises';
import type { ActiveDeployment, Bus } from '@crossdock/bus';
import { manifestsByType } from '@crossdock/connectors/manifests';
import type { Flow } from '@crossdock/flow-model';
import type { Logger } from '../log.ts';
import { compileKeys, type KeyRules } from './keys.ts';

/** A trigger node of an active deployment. */
export interface DeployedTrigger {
  readonly env: string;
  readonly flowId: string;
  readonly revision: number;
  readonly nodeId: string;
  /** RFC 3339. */
  readonly deployedAt: string;
  /** With the defaults of its node type. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Name of the connection that the node uses. */
  readonly connection?: string;
  readonly mask: readonly string[];
  readonly keys: KeyRules;
}

/** Follows the trigger nodes of one type over all deployments. */
export interface TriggerFollower {
  /** The reading under way, if any: a deployment of a moment ago may not be known yet. */
  reading(): Promise<void> | undefined;
  /** Hears no more changes. */
  stop(): void;
}

const RETRY_DELAY_MS = 500;

/** Where a trigger stands, over all its revisions. */
export function triggerName({ env, flowId, nodeId }: Pick<DeployedTrigger, 'env' | 'flowId' | 'nodeId'>): string {
  return `${env}/${flowId}/${nodeId}`;
}

/**
 * Calls `take` with all active triggers of node type `type`, at once and after each change, one call at a time. When a revision cannot be
 * read, what was taken before stays in force until it can.
 */
export function followTriggers(
  { bus, log }: { bus: Bus; log: Logger },
  type: string,
  take: (triggers: DeployedTrigger[]) => void | Promise<void>,
): TriggerFollower {
  let wanted = 0;
  let reading: Promise<void> | undefined;
  let isStopped = false;
  const endWatch = bus.registry.onDeployments(() => void read());
  void read();

  return {
    reading: () => reading,
    stop() {
      isStopped = true;
      endWatch();
    },
  };

  function read(): Promise<void> {
    wanted++;
    reading ??= (async () => {
      for (let done = 0; done < wanted && !isStopped; ) {
        const target = wanted;
        try {
          const triggers = await readAll();
          if (!isStopped) await take(triggers);
          done = target;
        } catch (error) {
          log.warn({ type, err: error }, 'the active triggers are read again');
          await sleep(RETRY_DELAY_MS, undefined, { ref: false });
        }
      }
      reading = undefined;
    })();
    return reading;
  }

  async function readAll(): Promise<DeployedTrigger[]> {
    const triggers: DeployedTrigger[] = [];
    for (const deployment of bus.registry.deployments()) {
      const flow = await bus.registry.getRevision(deployment.flowId, deployment.revision);
      if (flow === undefined) log.error({ ...deployment }, 'an active deployment names a revision that does not exist');
      else triggers.push(...triggersOf(flow, deployment, type));
    }
    return triggers;
  }
}

function triggersOf(
  { nodes, settings = {} }: Flow,
  { env, flowId, revision, deployedAt }: ActiveDeployment,
  type: string,
): DeployedTrigger[] {
  const found = nodes.filter((node) => node.type === type);
  if (found.length === 0) return [];
  const { businessKeys = {}, dedupeKey, orderingKey, mask = [] } = settings;
  const keys = compileKeys({
    businessKeys,
    mask,
    ...(dedupeKey === undefined ? {} : { dedupeKey }),
    ...(orderingKey === undefined ? {} : { orderingKey }),
  });
  return found.map(({ id, config, connection }) => ({
    ...{ env, flowId, revision, deployedAt, nodeId: id, mask, keys },
    config: { ...defaultsOf(type), ...config },
    ...(connection === undefined ? {} : { connection }),
  }));
}

function defaultsOf(type: string): Record<string, unknown> {
  const fields = Object.entries(manifestsByType.get(type)?.config.properties ?? {});
  return Object.fromEntries(
    fields.flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])),
  );
}
