import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus } from '@crossdock/bus';
import { FlowError } from '@crossdock/errors';
import type { HookGuard, HookGuards } from '../hook-guard/index.ts';
import { type DeployedTrigger, followTriggers } from '../intake/index.ts';
import type { Logger } from '../log.ts';

/** A webhook trigger of an active deployment. */
export interface Hook {
  readonly trigger: DeployedTrigger;
  readonly path: string;
  readonly method: string;
  readonly contentTypes: readonly string[];
  readonly response: 'accepted' | 'respond';
  readonly respondTimeoutMs: number;
  /** Largest body that it takes, where it is stricter than the installation. */
  readonly maxBodyBytes: number;
  /** None where anyone may call it. */
  readonly guard?: HookGuard;
}

export interface HookIndex {
  /** The hook at this address. Throws `API_NOT_FOUND`, which says the methods when only the method is wrong. */
  find(env: string, path: string, method: string): Promise<Hook>;
}

/** How long a request for an unknown address waits for a change that is being read. */
const PATIENCE_MS = 1_000;

/** Knows every hook of the active deployments and follows their changes. */
export function createHookIndex(bus: Bus, log: Logger, guards: HookGuards): HookIndex {
  /** `<env>/<path>` → method → hook. */
  let byAddress: Map<string, Map<string, Hook>> | undefined;
  const follower = followTriggers({ bus, log }, 'webhook', (triggers) => {
    const next = new Map<string, Map<string, Hook>>();
    const guardOf = guards.renew(triggers);
    for (const hook of triggers.map((trigger, at) => hookOf(trigger, guardOf[at]))) {
      const address = `${hook.trigger.env}/${hook.path}`;
      next.set(address, (next.get(address) ?? new Map()).set(hook.method, hook));
    }
    byAddress = next;
  });

  return {
    async find(env, path, method) {
      const address = `${env}/${path}`;
      const reading = follower.reading();
      // A deployment of a moment ago may still be on its way into the index.
      if (reading !== undefined && !byAddress?.get(address)?.has(method))
        await Promise.race([reading, sleep(PATIENCE_MS)]);
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
}

function hookOf(trigger: DeployedTrigger, guard: HookGuard | undefined): Hook {
  const { path, method, contentTypes, response, respondTimeoutMs, maxBodyBytes } = trigger.config;
  return {
    trigger,
    path: String(path),
    method: String(method).toUpperCase(),
    contentTypes: contentTypes as string[],
    response: response === 'respond' ? 'respond' : 'accepted',
    respondTimeoutMs: Number(respondTimeoutMs),
    maxBodyBytes: Number(maxBodyBytes ?? Number.POSITIVE_INFINITY),
    ...(guard ? { guard } : {}),
  };
}

/** What a 401 says it wants (RFC 9110 §11.6.1); schemes that no client knows by a name of their own are called as we call them. */
export function challengeOf({ trigger }: Hook): string {
  const asked = String(trigger.config.authentication);
  if (asked === 'basic') return 'Basic realm="hooks", charset="UTF-8"';
  return asked === 'bearer' ? 'Bearer realm="hooks"' : asked;
}
