import type { Bus } from '@crossdock/bus';
import { FlowError } from '@crossdock/errors';
import type { RecordChange } from '../../audit/index.ts';
import type { Database } from '../../store/index.ts';
import type { DoneDeployment } from './deploy-revision.ts';

/** Stops the triggers of a flow, in SQL and on the bus alike; running executions finish. Throws `API_NOT_FOUND` where none is active. */
export function undeployFlow(
  { db, bus }: { db: Database; bus: Bus },
  { env, flowId, by, record }: { env: string; flowId: string; by: string; record: RecordChange },
): Promise<DoneDeployment> {
  return db.transaction(async (tx) => {
    const removed = await tx
      .updateTable('deployments')
      .set({ status: 'removed', ended_at: new Date(), ended_by: by })
      .where('env', '=', env)
      .where('flow_id', '=', flowId)
      .where('status', '=', 'active')
      .returningAll()
      .executeTakeFirst();
    if (!removed) throw new FlowError('API_NOT_FOUND', { details: { what: 'deployment', id: `${env}/${flowId}` } });
    const audited = await record({ id: flowId, env, before: { revision: removed.revision } }, tx);
    await bus.registry.deactivate(env, flowId);
    return { row: removed, audited };
  });
}
