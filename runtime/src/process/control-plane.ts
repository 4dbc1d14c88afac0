import type { Bus } from '@crossdock/bus';
import type { Router } from 'express';
import { type Alarms, startAlarms } from '../alarms/index.ts';
import { createApi, createEventHub } from '../api/index.ts';
import { createAuth } from '../auth/index.ts';
import type { Config } from '../config.ts';
import { openConnections } from '../connections/index.ts';
import { createEgress, createForesight, createGuardedConnect, installationRules } from '../egress/index.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { type Projector, startProjector } from '../projector/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { type SeedResult, seedFirstStart } from '../seed/index.ts';
import type { Database } from '../store/index.ts';
import { type Subscriptions, startSubscriptions } from '../subscriptions/index.ts';
import { openKeyRing, type Vault } from '../vault/index.ts';

export interface ControlPlaneContext {
  readonly config: Config;
  /** Where the main listener answers. */
  readonly baseUrl: string;
  readonly db: Database;
  readonly secretKey: Uint8Array;
  readonly bus: Bus;
  readonly vault: Vault;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly flowsDir: string;
  readonly sandbox?: Sandbox;
  /** Aborts when the process stops. */
  readonly stopping: AbortSignal;
}

/** What needs the database: API and projector, as the roles say. */
export interface ControlPlane {
  readonly api?: Router;
  readonly seeded?: SeedResult;
  readonly projector?: Projector;
  readonly alarms: Alarms;
  readonly subscriptions: Subscriptions;
}

export async function startControlPlane(context: ControlPlaneContext): Promise<ControlPlane> {
  const { config } = context;
  const events = createEventHub();
  const projector = config.roles.has('projector') ? await startProjector({ ...context, events }) : undefined;
  const ways = waysOut(context);
  const api = config.roles.has('api') ? await startApi(context, { events, ...ways }) : {};
  return {
    ...(projector ? { projector } : {}),
    ...api,
    alarms: startAlarms({ ...context, ...ways }),
    subscriptions: startSubscriptions({ ...context, ...ways }),
  };
}

/** How this process itself reaches out: for checks, test runs and alarms. */
function waysOut({ config, bus, secretKey, sandbox }: ControlPlaneContext) {
  const guard = {
    allow: config.egressAllow,
    allowIn: bus.registry.egress,
    nat64: config.nat64,
    ...(sandbox ? { sandboxHost: new URL(sandbox.url).host } : {}),
  };
  const keyRing = openKeyRing(secretKey, config.previousSecretKeys);
  return {
    keyRing,
    http: createEgress(guard),
    connect: createGuardedConnect(guard),
    refuses: createForesight(guard),
    egressAllow: (env: string) => installationRules(guard, env),
    connections: openConnections(bus.registry, keyRing),
  };
}

async function startApi(
  context: ControlPlaneContext,
  ways: ReturnType<typeof waysOut> & { events: ReturnType<typeof createEventHub> },
) {
  const { config, sandbox, ...rest } = context;
  const auth = await createAuth(rest);
  const { keyRing } = ways;
  const seeded = await seedFirstStart({
    ...{ ...rest, auth, keyRing, refuses: ways.refuses },
    adminEmail: config.adminEmail,
    adminPassword: config.adminPassword,
    adminApiKey: config.adminApiKey,
    sandboxUrl: sandbox?.url,
  });
  return { seeded, api: createApi({ ...rest, ...ways, auth, maxBodyBytes: config.maxBodyBytes }) };
}
