import type { Bus } from '@crossdock/bus';
import type { Router } from 'express';
import { createApi, createEventHub } from '../api/index.ts';
import { createAuth } from '../auth/index.ts';
import type { Config } from '../config.ts';
import { openConnections } from '../connections/index.ts';
import { createEgress } from '../egress/index.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { type Projector, startProjector } from '../projector/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { type SeedResult, seedFirstStart } from '../seed/index.ts';
import type { Database } from '../store/index.ts';
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
}

export async function startControlPlane(context: ControlPlaneContext): Promise<ControlPlane> {
  const { config } = context;
  const events = createEventHub();
  const projector = config.roles.has('projector') ? await startProjector({ ...context, events }) : undefined;
  return {
    ...(projector ? { projector } : {}),
    ...(config.roles.has('api') ? await startApi(context, events) : {}),
  };
}

async function startApi(context: ControlPlaneContext, events: ReturnType<typeof createEventHub>) {
  const { config, sandbox, ...rest } = context;
  const auth = await createAuth(rest);
  const keyRing = openKeyRing(rest.secretKey, config.previousSecretKeys);
  const connections = openConnections(rest.bus.registry, keyRing);
  const seeded = await seedFirstStart({
    ...{ ...rest, auth, keyRing },
    adminEmail: config.adminEmail,
    adminPassword: config.adminPassword,
    adminApiKey: config.adminApiKey,
    sandboxUrl: sandbox?.url,
  });
  const http = createEgress({
    allow: config.egressAllow,
    ...(sandbox ? { sandboxHost: new URL(sandbox.url).host } : {}),
  });
  return {
    seeded,
    api: createApi({ ...rest, auth, events, http, keyRing, connections, maxBodyBytes: config.maxBodyBytes }),
  };
}
