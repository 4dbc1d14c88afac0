import { randomUUID } from 'node:crypto';
import type { Bus } from '@crossdock/bus';
import { FlowError } from '@crossdock/errors';
import { type Flow, type Issue, parseFlow } from '@crossdock/flow-model';
import type { Selectable, Transaction } from 'kysely';
import type { RecordChange, Recorded } from '../audit/index.ts';
import type { Database, Tables } from '../store/index.ts';
import { flowNotFound } from './drafts.ts';
import { environmentNotFound } from './environments.ts';
import { readRevision } from './revisions.ts';

export interface WantedDeployment {
  env: string;
  flowId: string;
  revision: number;
  by: string;
  /** Lets unsigned hooks into an environment of the red tone. */
  confirmUnsigned?: boolean;
  record: RecordChange;
}

/**
 * Makes a revision the active one of its flow in an environment, in SQL and on the bus alike: when the bus is away nothing changes. One
 * deployment at a time per environment. Throws `API_NOT_FOUND`, `FLOW_HOOK_TAKEN`, `FLOW_HOOK_UNSIGNED` or `SYSTEM_BUS_UNAVAILABLE`.
 */
export async function deployRevision(
  { db, bus }: { db: Database; bus: Bus },
  wanted: WantedDeployment,
): Promise<{ row: Selectable<Tables['deployments']>; audited: Recorded }> {
  const { env, flowId, revision } = wanted;
  return db.transaction(async (tx) => {
    const environment = await tx
      .selectFrom('environments')
      .selectAll()
      .where('name', '=', env)
      .forUpdate()
      .executeTakeFirst();
    if (!environment) throw environmentNotFound(env);
    const draft = await tx
      .selectFrom('flows')
      .select('flow_id')
      .where('flow_id', '=', flowId)
      .forUpdate()
      .executeTakeFirst();
    if (!draft) throw flowNotFound(flowId);
    const flow = parseFlow(await readRevision({ kysely: tx }, flowId, revision));
    const hooks = hooksOf(flow);
    await refuseTakenHooks(tx, wanted, hooks);
    const warnings = env === 'dev' ? [] : hooks.filter(({ isOpen }) => isOpen).map(unsignedIssue);
    if (environment.tone === 'red' && warnings.length > 0 && !wanted.confirmUnsigned) {
      const issues = warnings.map((issue): Issue => ({ ...issue, severity: 'error' }));
      throw new FlowError('FLOW_HOOK_UNSIGNED', {
        details: { path: hooks.find(({ isOpen }) => isOpen)?.path, issues },
      });
    }
    const replaced = await tx
      .updateTable('deployments')
      .set({ status: 'replaced' })
      .where('env', '=', env)
      .where('flow_id', '=', flowId)
      .where('status', '=', 'active')
      .returning('revision')
      .executeTakeFirst();
    const row = await tx
      .insertInto('deployments')
      .values({
        deployment_id: randomUUID(),
        env,
        flow_id: flowId,
        revision,
        status: 'active',
        deployed_at: new Date(),
        deployed_by: wanted.by,
        warnings: JSON.stringify(warnings),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const audited = await wanted.record({ id: flowId, env, before: replaced, after: { revision } }, tx);
    await bus.registry.putRevision(flowId, revision, flow);
    const deployedAt = row.deployed_at.toISOString();
    await bus.registry.activate({ deploymentId: row.deployment_id, env, flowId, revision, deployedAt });
    return { row, audited };
  });
}

interface Hook {
  nodeId: string;
  index: number;
  path: string;
  method: string;
  /** Anyone may call it. */
  isOpen: boolean;
}

/** The webhook triggers. */
function hooksOf(flow: Flow): Hook[] {
  return flow.nodes.flatMap(({ id, type, config }, index) =>
    type === 'webhook'
      ? [
          {
            nodeId: id,
            index,
            path: String(config.path),
            method: String(config.method ?? 'POST').toUpperCase(),
            isOpen: (config.authentication ?? 'none') === 'none',
          },
        ]
      : [],
  );
}

async function refuseTakenHooks(
  tx: Transaction<Tables>,
  { env, flowId }: WantedDeployment,
  hooks: readonly Hook[],
): Promise<void> {
  if (hooks.length === 0) return;
  const others = await tx
    .selectFrom('deployments')
    .innerJoin('revisions', (join) =>
      join
        .onRef('revisions.flow_id', '=', 'deployments.flow_id')
        .onRef('revisions.revision', '=', 'deployments.revision'),
    )
    .select(['deployments.flow_id', 'document'])
    .where('env', '=', env)
    .where('status', '=', 'active')
    .where('deployments.flow_id', '<>', flowId)
    .execute();
  for (const other of others)
    for (const { path, method } of hooksOf(parseFlow(other.document)))
      if (hooks.some((hook) => hook.path === path && hook.method === method))
        throw new FlowError('FLOW_HOOK_TAKEN', { details: { path: `${method} ${path}`, flowId: other.flow_id, env } });
}

function unsignedIssue({ nodeId, index, path }: Hook): Issue {
  const { message, code, row } = new FlowError('FLOW_HOOK_UNSIGNED', { details: { path } });
  return { code, severity: 'warning', nodeId, path: `/nodes/${index}/config/path`, message: `${message}. ${row.fix}` };
}
