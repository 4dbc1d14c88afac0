import { setTimeout as sleep } from 'node:timers/promises';
import type { ActiveDeployment, Bus } from '@crossdock/bus';
import { FlowError } from '@crossdock/errors';
import type { Flow } from '@crossdock/flow-model';
import type { Logger } from '../log.ts';
import { compileKeys, type HookKeys } from './keys.ts';

/** A webhook trigger of an active deployment, its settings with their defaults. */
export interface Hook {
  env: string;
  flowId: string;
  revision: number;
  nodeId: string;
  path: string;
  method: string;
  contentTypes: readonly string[];
  response: 'accepted' | 'respond';
  respondTimeoutMs: number;
  mask: readonly string[];
  keys: HookKeys;
}

export interface HookIndex {
  /** The hook at this address. Throws `API_NOT_FOUND`, which says the methods when only the method is wrong. */
  find(env: string, path: string, method: string): Promise<Hook>;
}

const RETRY_DELAY_MS = 500;
/** How long a request for an unknown address waits for a change that is being read. */
const PATIENCE_MS = 1_000;
const DEFAULT_CONTENT_TYPES = ['application/json'];
const DEFAULT_RESPOND_TIMEOUT_MS = 30_000;

/** Knows every hook of the active deployments and follows their changes. */
export function createHookIndex(bus: Bus, log: Logger): HookIndex {
  /** `<env>/<path>` → method → hook. */
  let byAddress: Map<string, Map<string, Hook>> | undefined;
  let wanted = 0;
  let building: Promise<void> | undefined;
  bus.registry.onDeployments(() => void rebuild());
  void rebuild();

  return {
    async find(env, path, method) {
      const address = `${env}/${path}`;
      // A deployment of a moment ago may still be on its way into the index.
      if (building !== undefined && !byAddress?.get(address)?.has(method))
        await Promise.race([building, sleep(PATIENCE_MS)]);
      if (byAddress === undefined) throw new FlowError('SYSTEM_BUS_UNAVAILABLE');
      const methods = byAddress.get(address);
      const hook = methods?.get(method);
      if (hook !== undefined) return hook;
      const others = [...(methods?.keys() ?? [])];
      throw others.length === 0
        ? new FlowError('API_NOT_FOUND', { details: { what: 'hook', id: address } })
        : new FlowError('API_NOT_FOUND', {
            message: `the hook "${address}" takes ${others.join(' and ')}, not ${method}`,
          });
    },
  };

  function rebuild(): Promise<void> {
    wanted++;
    building ??= (async () => {
      for (let built = 0; built < wanted; ) {
        const target = wanted;
        if (await build()) built = target;
        else await sleep(RETRY_DELAY_MS, undefined, { ref: false });
      }
      building = undefined;
    })();
    return building;
  }

  /** False when a revision could not be read; then the old index stays in force. */
  async function build(): Promise<boolean> {
    try {
      const next = new Map<string, Map<string, Hook>>();
      for (const deployment of bus.registry.deployments()) {
        const flow = await bus.registry.getRevision(deployment.flowId, deployment.revision);
        if (flow === undefined) {
          log.error({ ...deployment }, 'an active deployment names a revision that does not exist');
          continue;
        }
        for (const hook of hooksOf(flow, deployment)) {
          const address = `${hook.env}/${hook.path}`;
          next.set(address, (next.get(address) ?? new Map()).set(hook.method, hook));
        }
      }
      byAddress = next;
      return true;
    } catch (error) {
      log.warn({ err: error }, 'the hooks are read again');
      return false;
    }
  }
}

function hooksOf(flow: Flow, { env, flowId, revision }: ActiveDeployment): Hook[] {
  const keys = compileKeys(flow.settings ?? {});
  return flow.nodes
    .filter(({ type }) => type === 'webhook')
    .map(({ id, config }) => ({
      env,
      flowId,
      revision,
      nodeId: id,
      path: String(config.path),
      method: String(config.method ?? 'POST').toUpperCase(),
      contentTypes: (config.contentTypes as string[] | undefined) ?? DEFAULT_CONTENT_TYPES,
      response: config.response === 'respond' ? 'respond' : 'accepted',
      respondTimeoutMs: Number(config.respondTimeoutMs ?? DEFAULT_RESPOND_TIMEOUT_MS),
      mask: flow.settings?.mask ?? [],
      keys,
    }));
}
