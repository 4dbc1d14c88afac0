import type { Deployment } from '@crossdock/api-contract';
import type { Selectable } from 'kysely';
import type { Database, Tables } from '../../store/index.ts';

export type DeploymentRow = Selectable<Tables['deployments']>;

/** What runs of a flow in an environment, or ran last. */
export function latestDeployment(
  { kysely }: Pick<Database, 'kysely'>,
  env: string,
  flowId: string,
): Promise<DeploymentRow | undefined> {
  return kysely
    .selectFrom('deployments')
    .selectAll()
    .where('env', '=', env)
    .where('flow_id', '=', flowId)
    .where('action', '<>', 'undeploy')
    .orderBy('deployed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/**
 * The deployment that a rollback goes back to: what ran before the active one, of another revision; where nothing runs, what ran last. After a
 * rollback it is the one before that, so that going back twice does not come forward again.
 */
export async function rollbackTarget(
  { kysely }: Pick<Database, 'kysely'>,
  latest: DeploymentRow,
): Promise<DeploymentRow | undefined> {
  if (latest.status !== 'active') return latest;
  if (latest.rolls_back_to === null) return undefined;
  return kysely
    .selectFrom('deployments')
    .selectAll()
    .where('deployment_id', '=', latest.rolls_back_to)
    .executeTakeFirst();
}

/** A row as the API shows it; `rollbackTo` is the revision that a rollback of it goes back to. */
export function deploymentOf(row: DeploymentRow, rollbackTo?: number | null): Deployment {
  return {
    deploymentId: row.deployment_id,
    flowId: row.flow_id,
    revision: row.revision,
    env: row.env,
    status: row.status,
    deployedAt: row.deployed_at.toISOString(),
    deployedBy: row.deployed_by,
    action: row.action,
    ...(row.promoted_from === null ? {} : { from: row.promoted_from }),
    ...(row.since === null ? {} : { since: row.since }),
    ...(row.changes === null ? {} : { changes: row.changes }),
    ...(typeof rollbackTo === 'number' ? { rollbackTo } : {}),
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at.toISOString() }),
    ...(row.ended_by === null ? {} : { endedBy: row.ended_by }),
    ...(row.warnings.length === 0 ? {} : { warnings: row.warnings }),
  };
}
