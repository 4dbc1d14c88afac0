import type { Deployment } from '@crossdock/api-contract';
import { diffFlows, parseFlow } from '@crossdock/flow-model';
import type { ApiOptions } from '../api.ts';
import { callerIn } from '../caller-in.ts';
import { readEnvironment } from '../environments/environment-rows.ts';
import type { Handlers } from '../mount.ts';
import { readRevision } from '../revisions.ts';
import { callersOf } from './callers-of.ts';
import { deployRevision } from './deploy-revision.ts';
import { deploymentFindings } from './deployment-findings.ts';
import { type DeploymentRow, deploymentOf, latestDeployment } from './deployment-rows.ts';
import { listDeployments } from './list-deployments.ts';
import { promoteFlow } from './promote-flow.ts';
import { rollBackFlow } from './roll-back-flow.ts';
import { surroundingsOf } from './surroundings.ts';
import { undeployFlow } from './undeploy-flow.ts';

type DeploymentRoutes =
  | 'listDeployments'
  | 'checkDeployment'
  | 'deploymentCallers'
  | 'deploy'
  | 'promote'
  | 'rollback'
  | 'undeploy';

export function deploymentHandlers(options: ApiOptions): Pick<Handlers, DeploymentRoutes> {
  const { db, events } = options;
  const tell = (row: DeploymentRow): Deployment => {
    const deployment = deploymentOf(row);
    events.emit({ kind: 'deployment', data: deployment });
    return deployment;
  };
  return {
    async listDeployments({ params, query }) {
      return { status: 200, body: await listDeployments(db, { ...params, ...query }) };
    },
    async checkDeployment({ params: { env, flowId }, query: { revision } }) {
      return { status: 200, body: await checkDeployment(options, { env, flowId, revision }) };
    },
    async deploymentCallers({ params: { env, flowId } }) {
      await readEnvironment(db, env);
      return { status: 200, body: { items: await callersOf(db, { env, flowId }), nextCursor: null } };
    },
    async deploy({ params: { env }, body, audit: { record }, ...call }) {
      const { row, audited } = await deployRevision(options, { ...body, env, by: callerIn(call).name, record });
      return { status: 201, body: tell(row), audited };
    },
    async promote({ params, body, audit: { record }, ...call }) {
      const { row, audited } = await promoteFlow(options, { ...body, ...params, by: callerIn(call).name, record });
      return { status: 201, body: tell(row), audited };
    },
    async rollback({ params, body, audit: { record }, ...call }) {
      const { row, audited } = await rollBackFlow(options, { ...body, ...params, by: callerIn(call).name, record });
      return { status: 201, body: tell(row), audited };
    },
    async undeploy({ params, audit: { record }, ...call }) {
      const { row, audited } = await undeployFlow(options, { ...params, by: callerIn(call).name, record });
      tell(row);
      return { status: 204, body: null, audited };
    },
  };
}

/** What deploying would meet and change. Throws `API_NOT_FOUND`. */
async function checkDeployment(
  { db, refuses }: Pick<ApiOptions, 'db' | 'refuses'>,
  { env, flowId, revision }: { env: string; flowId: string; revision: number },
) {
  const environment = await readEnvironment(db, env);
  const flow = parseFlow(await readRevision(db, flowId, revision));
  const latest = await latestDeployment(db, env, flowId);
  const before = latest && parseFlow(await readRevision(db, flowId, latest.revision));
  const findings = deploymentFindings(
    flow,
    await surroundingsOf({ kysely: db.kysely, refuses }, environment, { flowId }),
  );
  return {
    ...{ flowId, revision, env },
    issues: findings.map(({ issue }) => issue),
    ...(latest && before ? { since: latest.revision, changes: diffFlows(before, flow) } : {}),
  };
}
