import type { Bus } from '@crossdock/bus';
import type { HttpPort } from '@crossdock/connector-sdk';
import type { Router } from 'express';
import type { Auth } from '../auth/index.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Database } from '../store/index.ts';
import type { Vault } from '../vault/index.ts';
import { deploymentHandlers } from './deployments.ts';
import { descriptionHandlers } from './description.ts';
import { environmentHandlers } from './environments.ts';
import type { EventHub } from './event-hub.ts';
import { executionHandlers } from './executions.ts';
import { flowHandlers } from './flows.ts';
import { mountRoutes } from './mount.ts';
import { payloadHandlers } from './payloads.ts';
import { peopleHandlers } from './people.ts';
import { repairHandlers } from './repairs.ts';
import { revisionHandlers } from './revisions.ts';
import { sessionHandlers } from './session.ts';
import { streamHandlers } from './stream.ts';
import { testRunHandlers } from './test-runs.ts';

export interface ApiOptions {
  db: Database;
  bus: Bus;
  auth: Auth;
  vault: Vault;
  events: EventHub;
  /** The guarded way out, for test runs with real effects. */
  http: (env: string) => HttpPort;
  log: Logger;
  metrics?: Metrics;
  maxBodyBytes: number;
  /** The folder of flow files, to tell where one differs from its draft. */
  flowsDir: string;
  /** Shown in the API's own description. */
  version?: string;
  /** Aborts when the process stops: streams are closed and test runs end. */
  stopping?: AbortSignal;
}

/** Serves every route of the contract under `/api/v1`; health, readiness and metrics belong to the process. */
export function createApi(options: ApiOptions): Router {
  const stopping = options.stopping ?? new AbortController().signal;
  return mountRoutes(
    {
      ...descriptionHandlers(options),
      ...sessionHandlers(options),
      ...peopleHandlers(options),
      ...flowHandlers(options),
      ...revisionHandlers(options),
      ...testRunHandlers(options),
      ...environmentHandlers(options),
      ...deploymentHandlers(options),
      ...executionHandlers(options),
      ...payloadHandlers(options),
      ...repairHandlers(),
      ...streamHandlers(options),
    },
    { ...options, stopping },
  );
}
