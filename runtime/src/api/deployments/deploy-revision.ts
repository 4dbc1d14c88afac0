import { randomUUID } from 'node:crypto';
import type { Bus } from '@crossdock/bus';
import { FlowError } from '@crossdock/errors';
import { diffFlows, type Flow, type Issue, parseFlow, summariseDiff } from '@crossdock/flow-model';
import type { Transaction } from 'kysely';
import type { RecordChange, Recorded } from '../../audit/index.ts';
import type { EgressForesight } from '../../egress/index.ts';
import { type Database, storableJson, type Tables } from '../../store/index.ts';
import { flowNotFound } from '../drafts.ts';
import { lockEnvironment } from '../environments/environment-rows.ts';
import { readRevision } from '../revisions.ts';
import { deploymentFindings } from './deployment-findings.ts';
import { type DeploymentRow, latestDeployment } from './deployment-rows.ts';
import type { Finding } from './finding.ts';
import { surroundingsOf } from './surroundings.ts';

export interface WantedDeployment {
  env: string;
  flowId: string;
  revision: number;
  by: string;
  /** Default `deploy`. */
  action?: DeploymentRow['action'];
  /** The environment that it is promoted from. */
  from?: string;
  /** For a rollback: the deployment that a further one goes back to. */
  rollsBackTo?: string | null;
  /** Lets unsigned hooks into an environment of the red tone. */
  confirmUnsigned?: boolean | undefined;
  record: RecordChange;
}

/** What deploying needs of the installation. */
export interface DeploymentMeans {
  db: Database;
  bus: Bus;
  /** What of the flow's addresses the environment refuses, as far as that is known. */
  refuses: EgressForesight;
}

export interface DoneDeployment {
  row: DeploymentRow;
  audited: Recorded;
}

/**
 * Makes a revision the active one of its flow in an environment, in SQL and on the bus alike: when the bus is away nothing changes. One
 * deployment at a time per environment. Throws `API_NOT_FOUND`, `FLOW_HOOK_TAKEN`, `FLOW_NOT_DEPLOYABLE`, `FLOW_HOOK_UNSIGNED` (each with all
 * issues) or `SYSTEM_BUS_UNAVAILABLE`.
 */
export function deployRevision(means: DeploymentMeans, wanted: WantedDeployment): Promise<DoneDeployment> {
  return means.db.transaction((tx) => deployWithin(tx, means, wanted));
}

/** As `deployRevision`, within a transaction. */
export async function deployWithin(
  tx: Transaction<Tables>,
  { bus, refuses }: Omit<DeploymentMeans, 'db'>,
  wanted: WantedDeployment,
): Promise<DoneDeployment> {
  const { env, flowId, revision } = wanted;
  const environment = await lockEnvironment(tx, env);
  const draft = await tx
    .selectFrom('flows')
    .select('flow_id')
    .where('flow_id', '=', flowId)
    .forUpdate()
    .executeTakeFirst();
  if (!draft) throw flowNotFound(flowId);
  const flow = parseFlow(await readRevision({ kysely: tx }, flowId, revision));
  const findings = deploymentFindings(flow, await surroundingsOf({ kysely: tx, refuses }, environment, wanted));
  refuseErrors(wanted, findings);
  const row = await replaceActive(
    tx,
    wanted,
    flow,
    findings.map(({ issue }) => issue),
  );
  const { action, since, promoted_from: from } = row;
  const before = since === null ? undefined : { revision: since };
  const audited = await wanted.record(
    { id: flowId, env, before, after: { revision, action, ...(from ? { from } : {}) } },
    tx,
  );
  await bus.registry.putRevision(flowId, revision, flow);
  const deployedAt = row.deployed_at.toISOString();
  await bus.registry.activate({ deploymentId: row.deployment_id, env, flowId, revision, deployedAt });
  return { row, audited };
}

/** Tells what keeps a revision out by its gravest reason: what another flow holds, what is missing, what is to be confirmed. */
function refuseErrors({ env, flowId, revision }: WantedDeployment, findings: readonly Finding[]): void {
  const errors = findings.filter(({ issue }) => issue.severity === 'error');
  const issues = findings.map(({ issue }) => issue);
  const taken = errors.find(({ issue }) => issue.code === 'FLOW_HOOK_TAKEN');
  const missing = errors.filter(({ issue }) => issue.code !== 'FLOW_HOOK_UNSIGNED');
  const gravest = taken ?? (missing.length === 0 ? errors[0] : undefined);
  if (gravest) throw new FlowError(gravest.issue.code, { details: { ...gravest.details, issues } });
  if (missing.length === 0) return;
  const reasons = new Set(missing.map(({ issue, details }) => new FlowError(issue.code, { details }).message));
  const details = { env, flowId, revision, reason: [...reasons].join('; '), issues };
  throw new FlowError('FLOW_NOT_DEPLOYABLE', { details });
}

async function replaceActive(
  tx: Transaction<Tables>,
  wanted: WantedDeployment,
  flow: Flow,
  issues: readonly Issue[],
): Promise<DeploymentRow> {
  const { env, flowId, revision, by } = wanted;
  const latest = await latestDeployment({ kysely: tx }, env, flowId);
  // The order of history must not depend on clocks that stand or step back.
  const last = latest?.ended_at ?? latest?.deployed_at;
  const now = new Date(Math.max(Date.now(), (last?.getTime() ?? 0) + 1));
  const before = latest && parseFlow(await readRevision({ kysely: tx }, flowId, latest.revision));
  await tx
    .updateTable('deployments')
    .set({ status: 'replaced', ended_at: now, ended_by: by })
    .where('env', '=', env)
    .where('flow_id', '=', flowId)
    .where('status', '=', 'active')
    .execute();
  // The same revision once more goes back to where the first one did.
  const goesBackTo = latest?.revision === revision ? latest.rolls_back_to : (latest?.deployment_id ?? null);
  return tx
    .insertInto('deployments')
    .values({
      deployment_id: randomUUID(),
      env,
      flow_id: flowId,
      revision,
      status: 'active',
      deployed_at: now,
      deployed_by: by,
      warnings: storableJson(issues),
      action: wanted.action ?? 'deploy',
      promoted_from: wanted.from ?? null,
      since: latest?.revision ?? null,
      changes: before ? storableJson(summariseDiff(diffFlows(before, flow))) : null,
      rolls_back_to: wanted.rollsBackTo === undefined ? goesBackTo : wanted.rollsBackTo,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}
