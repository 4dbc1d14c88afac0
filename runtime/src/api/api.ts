import type { Bus } from '@crossdock/bus';
import type { HttpPort } from '@crossdock/connector-sdk';
import type { Router } from 'express';
import type { Auth } from '../auth/index.ts';
import type { Connections } from '../connections/index.ts';
import type { EgressForesight, GuardedConnect } from '../egress/index.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Database } from '../store/index.ts';
import type { KeyRing, Vault } from '../vault/index.ts';
import { accountHandlers } from './account.ts';
import { alarmChannelHandlers } from './alarm-channels.ts';
import { alarmRuleHandlers } from './alarm-rules.ts';
import { alarmSendingHandlers } from './alarm-sending.ts';
import { auditHandlers } from './audit.ts';
import { connectionHandlers } from './connections.ts';
import { deadLetterHandlers } from './dead-letters.ts';
import { deploymentHandlers } from './deployments/deployment-handlers.ts';
import { descriptionHandlers } from './description.ts';
import { egressHandlers } from './egress-lists.ts';
import { environmentHandlers } from './environments/environment-handlers.ts';
import type { EventHub } from './event-hub.ts';
import { eventHandlers } from './events.ts';
import { executionHandlers } from './executions.ts';
import { flowHandlers } from './flows.ts';
import { healthHandlers } from './health.ts';
import { inDoubtHandlers } from './in-doubt.ts';
import { jobHandlers } from './jobs/job-handlers.ts';
import { createJobs } from './jobs/jobs.ts';
import { mountRoutes } from './mount.ts';
import { byHandHandlers } from './orders/order-by-hand.ts';
import { orderHandlers } from './orders/order-handlers.ts';
import { orderRuleHandlers } from './orders/order-rules.ts';
import { payloadHandlers } from './payloads.ts';
import { peopleHandlers } from './people.ts';
import { presenceHandlers } from './presence.ts';
import { recordingHandlers } from './recordings.ts';
import { repairHandlers } from './repairs.ts';
import { retentionHandlers } from './retention.ts';
import { revisionHandlers } from './revisions.ts';
import { sessionHandlers } from './session.ts';
import { statusHandlers } from './statuses/status-handlers.ts';
import { streamHandlers } from './stream.ts';
import { subscriptionHandlers } from './subscriptions/subscription-handlers.ts';
import { templateHandlers } from './templates/template-handlers.ts';
import { testRunHandlers } from './test-runs.ts';
import { xrefHandlers } from './xrefs/xref-handlers.ts';

export interface ApiOptions {
  db: Database;
  bus: Bus;
  auth: Auth;
  vault: Vault;
  /** Seals the credentials of connections. */
  keyRing: KeyRing;
  /** Opens them, for test runs with real effects. */
  connections: Connections;
  events: EventHub;
  /** The guarded way out, for test runs with real effects. */
  http: (env: string) => HttpPort;
  /** The same for sockets of other protocols, for mail of alarms. */
  connect: (env: string) => GuardedConnect;
  /** Whether such a call would be refused, as far as that is known before it, for the check of deployments. */
  refuses: EgressForesight;
  /** What is allowed to be called in an environment by how this was started, whatever its own list says. */
  egressAllow: (env: string) => readonly string[];
  /** Where people find the designer. */
  baseUrl: string;
  log: Logger;
  metrics?: Metrics;
  maxBodyBytes: number;
  /** The folder of flow files, to tell where one differs from its draft. */
  flowsDir: string;
  /** Shown in the API's own description. */
  version?: string;
  /** Aborts when the process stops: streams are closed, test runs end and jobs are left to the next process. */
  stopping?: AbortSignal;
}

/** Serves every route of the contract under `/api/v1`, and goes on with jobs that another process left; health, readiness and metrics belong to the process. */
export function createApi(options: ApiOptions): Router {
  const stopping = options.stopping ?? new AbortController().signal;
  const jobs = createJobs(options);
  return mountRoutes(
    {
      ...descriptionHandlers(options),
      ...sessionHandlers(options),
      ...accountHandlers(options),
      ...peopleHandlers(options),
      ...auditHandlers(options),
      ...flowHandlers(options),
      ...templateHandlers(options),
      ...presenceHandlers(options),
      ...revisionHandlers(options),
      ...testRunHandlers(options),
      ...egressHandlers(options),
      ...environmentHandlers(options),
      ...deploymentHandlers(options),
      ...connectionHandlers(options),
      ...retentionHandlers(options),
      ...executionHandlers(options),
      ...orderHandlers(options),
      ...byHandHandlers(options),
      ...orderRuleHandlers(options),
      ...xrefHandlers(options),
      ...statusHandlers(options),
      ...subscriptionHandlers(options),
      ...payloadHandlers(options),
      ...recordingHandlers(options),
      ...repairHandlers(options),
      ...deadLetterHandlers(options, jobs),
      ...inDoubtHandlers(options, jobs),
      ...jobHandlers(options, jobs),
      ...eventHandlers(options),
      ...streamHandlers(options),
      ...healthHandlers(options),
      ...alarmRuleHandlers(options),
      ...alarmChannelHandlers(options),
      ...alarmSendingHandlers(options),
    },
    { ...options, stopping },
  );
}
