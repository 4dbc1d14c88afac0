import { isDeepStrictEqual } from 'node:util';
import type { Bus } from '@crossdock/bus';
import { parseFlow } from '@crossdock/flow-model';
import type { Transaction } from 'kysely';
import { publishedMaps } from '../api/statuses/status-map-rows.ts';
import { publishedOf } from '../connections/index.ts';
import type { Logger } from '../log.ts';
import { activeRevisions, type Database, type Tables } from '../store/index.ts';

/**
 * Puts on the bus what SQL says is active and takes away what it does not know: the bus may be new, or a process may have died between the
 * two. Writes only what differs.
 */
export async function reconcileRegistry({ db, bus, log }: { db: Database; bus: Bus; log: Logger }): Promise<void> {
  // A deployment in progress holds its environment's row: with all of them locked, SQL and bus stand still.
  await db.transaction(async (tx) => {
    await tx.selectFrom('environments').select('name').orderBy('name').forUpdate().execute();
    await putBack(tx, bus.registry, log);
  });
}

async function putBack(tx: Transaction<Tables>, registry: Bus['registry'], log: Logger): Promise<void> {
  const active = await activeRevisions(tx).select(['deployment_id', 'deployments.flow_id', 'deployed_at']).execute();
  const known = new Map(registry.deployments().map((deployment) => [deployment.deploymentId, deployment]));
  for (const row of active) {
    const { env, flow_id: flowId, revision, deployment_id: deploymentId } = row;
    if ((await registry.getRevision(flowId, revision)) === undefined)
      await registry.putRevision(flowId, revision, parseFlow(row.document));
    if (known.has(deploymentId)) continue;
    await registry.activate({ deploymentId, env, flowId, revision, deployedAt: row.deployed_at.toISOString() });
    log.info({ env, flowId, revision }, 'a deployment was put on the bus again');
  }
  const wanted = new Set(active.map(({ env, flow_id }) => `${env}/${flow_id}`));
  for (const { env, flowId } of known.values()) {
    if (wanted.has(`${env}/${flowId}`)) continue;
    await registry.deactivate(env, flowId);
    log.warn({ env, flowId }, 'a deployment that the database does not know was taken off the bus');
  }
  const variables = await tx.selectFrom('variables').select(['env', 'variables']).execute();
  for (const row of variables)
    if (JSON.stringify(registry.variables(row.env)) !== JSON.stringify(row.variables))
      await registry.putVariables(row.env, row.variables);
  const egress = await tx.selectFrom('egress_lists').select(['env', 'allow']).execute();
  for (const row of egress)
    if (JSON.stringify(registry.egress(row.env)) !== JSON.stringify(row.allow))
      await registry.putEgress(row.env, row.allow);
  const environments = await tx.selectFrom('environments').select('name').execute();
  for (const { name } of environments) {
    const maps = await publishedMaps(tx, name);
    if (!isDeepStrictEqual(registry.statusMaps(name), maps)) await registry.putStatusMaps(name, maps);
  }
  await putConnectionsBack(tx, registry, log);
}

async function putConnectionsBack(tx: Transaction<Tables>, registry: Bus['registry'], log: Logger): Promise<void> {
  const rows = (await tx.selectFrom('connections').selectAll().execute()).map(publishedOf);
  for (const connection of rows) {
    const { env, name } = connection;
    if (isDeepStrictEqual(registry.connection(env, name), connection)) continue;
    await registry.putConnection(connection);
    log.info({ env, connection: name }, 'a connection was put on the bus again');
  }
  const wanted = new Set(rows.map(({ env, name }) => `${env}/${name}`));
  for (const { env, name } of registry.connections()) {
    if (wanted.has(`${env}/${name}`)) continue;
    await registry.deleteConnection(env, name);
    log.warn({ env, connection: name }, 'a connection that the database does not know was taken off the bus');
  }
}
