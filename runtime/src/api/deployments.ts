import type { Deployment } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import type { Selectable } from 'kysely';
import type { Tables } from '../store/index.ts';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import { deployRevision } from './deploy-revision.ts';
import { environmentNotFound } from './environments.ts';
import type { Handlers } from './mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readCursor } from './paging.ts';

export function deploymentHandlers(options: ApiOptions): Pick<Handlers, 'listDeployments' | 'deploy' | 'undeploy'> {
  const { db, bus, events } = options;
  return {
    async listDeployments({ params: { env }, query: { limit = DEFAULT_LIMIT, cursor, flowId, history = false } }) {
      const known = await db.kysely
        .selectFrom('environments')
        .select('name')
        .where('name', '=', env)
        .executeTakeFirst();
      if (!known) throw environmentNotFound(env);
      const [at, id] = readCursor(cursor, 2) ?? [];
      let query = db.kysely.selectFrom('deployments').selectAll().where('env', '=', env);
      if (!history) query = query.where('status', '=', 'active');
      if (flowId !== undefined) query = query.where('flow_id', '=', flowId);
      if (at !== undefined && id !== undefined)
        query = query.where((eb) => eb(eb.refTuple('deployed_at', 'deployment_id'), '<', eb.tuple(new Date(at), id)));
      const rows = await query
        .orderBy('deployed_at', 'desc')
        .orderBy('deployment_id', 'desc')
        .limit(limit + 1)
        .execute();
      const next = ({ deployedAt, deploymentId }: Deployment) => cursorOf(deployedAt, deploymentId);
      return { status: 200, body: pageOf(rows.map(deploymentOf), limit, next) };
    },
    async deploy({ params: { env }, body, audit: { record }, ...call }) {
      const { row, audited } = await deployRevision(options, { ...body, env, by: callerIn(call).name, record });
      const deployment = deploymentOf(row);
      events.emit({ kind: 'deployment', data: deployment });
      return { status: 201, body: deployment, audited };
    },
    async undeploy({ params: { env, flowId }, audit }) {
      const { row, audited } = await db.transaction(async (tx) => {
        const removed = await tx
          .updateTable('deployments')
          .set({ status: 'removed' })
          .where('env', '=', env)
          .where('flow_id', '=', flowId)
          .where('status', '=', 'active')
          .returningAll()
          .executeTakeFirst();
        if (!removed) throw new FlowError('API_NOT_FOUND', { details: { what: 'deployment', id: `${env}/${flowId}` } });
        const audited = await audit.record({ id: flowId, env, before: { revision: removed.revision } }, tx);
        await bus.registry.deactivate(env, flowId);
        return { row: removed, audited };
      });
      events.emit({ kind: 'deployment', data: deploymentOf(row) });
      return { status: 204, body: null, audited };
    },
  };
}

function deploymentOf(row: Selectable<Tables['deployments']>): Deployment {
  return {
    deploymentId: row.deployment_id,
    flowId: row.flow_id,
    revision: row.revision,
    env: row.env,
    status: row.status,
    deployedAt: row.deployed_at.toISOString(),
    deployedBy: row.deployed_by,
    ...(row.warnings.length === 0 ? {} : { warnings: row.warnings }),
  };
}
