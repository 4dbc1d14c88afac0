import type { Deployment } from '@crossdock/api-contract';
import type { Database } from '../../store/index.ts';
import { readEnvironment } from '../environments/environment-rows.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readCursor } from '../paging.ts';
import { deploymentOf } from './deployment-rows.ts';

export interface DeploymentQuery {
  env: string;
  flowId?: string | undefined;
  history?: boolean | undefined;
  undeployed?: boolean | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/**
 * A page of what runs in an environment, newest first; with `undeployed` also of what ran last of each flow that no longer runs, with `history` of
 * all that ran and of when each was taken off. Throws `API_NOT_FOUND`.
 */
export async function listDeployments(
  db: Database,
  { env, flowId, history = false, undeployed = false, limit = DEFAULT_LIMIT, cursor }: DeploymentQuery,
) {
  await readEnvironment(db, env);
  const [at, id] = readCursor(cursor, 2) ?? [];
  let query = db.kysely
    .selectFrom('deployments')
    .leftJoin('deployments as before', 'before.deployment_id', 'deployments.rolls_back_to')
    .selectAll('deployments')
    .select('before.revision as rollback_to')
    .where('deployments.env', '=', env);
  if (!history && undeployed)
    query = query.where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('deployments as later')
            .select('later.deployment_id')
            .whereRef('later.env', '=', 'deployments.env')
            .whereRef('later.flow_id', '=', 'deployments.flow_id')
            .whereRef('later.deployed_at', '>', 'deployments.deployed_at')
            .where('later.action', '<>', 'undeploy'),
        ),
      ),
    );
  else if (!history) query = query.where('deployments.status', '=', 'active');
  if (!history) query = query.where('deployments.action', '<>', 'undeploy');
  if (flowId !== undefined) query = query.where('deployments.flow_id', '=', flowId);
  if (at !== undefined && id !== undefined)
    query = query.where((eb) =>
      eb(eb.refTuple('deployments.deployed_at', 'deployments.deployment_id'), '<', eb.tuple(new Date(at), id)),
    );
  const rows = await query
    .orderBy('deployments.deployed_at', 'desc')
    .orderBy('deployments.deployment_id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.map(({ rollback_to: before, ...row }) =>
    // Where nothing runs, a rollback brings back what ran last.
    deploymentOf(row, !history && row.status === 'removed' ? row.revision : before),
  );
  return pageOf(items, limit, ({ deployedAt, deploymentId }: Deployment) => cursorOf(deployedAt, deploymentId));
}
