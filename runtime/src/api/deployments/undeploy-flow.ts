import { randomUUID } from 'node:crypto';
import type { Bus } from '@crossdock/bus';
import { FlowError } from '@crossdock/errors';
import type { RecordChange } from '../../audit/index.ts';
import { type Database, storableJson } from '../../store/index.ts';
import type { DoneDeployment } from './deploy-revision.ts';

/**
 * Stops the triggers of a flow, in SQL and on the bus alike, with an entry in the history; running executions finish. Throws `API_NOT_FOUND` where none is active.
 */
export function undeployFlow(
  { db, bus }: { db: Database; bus: Bus },
  { env, flowId, by, record }: { env: string; flowId: string; by: string; record: RecordChange },
): Promise<DoneDeployment> {
  return db.transaction(async (tx) => {
    const running = await tx
      .selectFrom('deployments')
      .selectAll()
      .where('env', '=', env)
      .where('flow_id', '=', flowId)
      .where('status', '=', 'active')
      .forUpdate()
      .executeTakeFirst();
    if (!running) throw new FlowError('API_NOT_FOUND', { details: { what: 'deployment', id: `${env}/${flowId}` } });
    // The order of history must not depend on clocks that stand or step back.
    const now = new Date(Math.max(Date.now(), running.deployed_at.getTime() + 1));
    const ending = { status: 'removed', ended_at: now, ended_by: by } as const;
    const removed = await tx
      .updateTable('deployments')
      .set(ending)
      .where('deployment_id', '=', running.deployment_id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('deployments')
      .values({
        ...{ deployment_id: randomUUID(), env, flow_id: flowId, revision: running.revision, action: 'undeploy' },
        ...{ ...ending, deployed_at: now, deployed_by: by, warnings: storableJson([]) },
        ...{ promoted_from: null, since: null, changes: null, rolls_back_to: null },
      })
      .execute();
    const audited = await record({ id: flowId, env, before: { revision: removed.revision } }, tx);
    await bus.registry.deactivate(env, flowId);
    return { row: removed, audited };
  });
}
