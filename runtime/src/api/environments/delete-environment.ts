import { WORKBENCH_ENV } from '@crossdock/api-contract';
import type { Bus } from '@crossdock/bus';
import { FlowError } from '@crossdock/errors';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { RecordChange, Recorded } from '../../audit/index.ts';
import type { Database, Tables } from '../../store/index.ts';
import { readerName } from '../../subscriptions/index.ts';
import { lockEnvironment, readEnvironment } from './environment-rows.ts';

const BATCH = 500;
/** Rows that name an environment and go with it. */
const TRACES = ['executions', 'payloads', 'dead_letters'] as const;
/** The same for orders and cross-references, with what names a row; what belongs to them goes with them. */
const NAMED = [
  ['orders', 'order_id'],
  ['order_events', 'place'],
  ['xref_records', 'record_id'],
] as const;

/**
 * Deletes an environment with its variables, its connections, its history, its executions and its orders. Throws `API_NOT_FOUND`, and `API_IN_USE` while a flow is deployed or an
 * execution has not ended there. What is cut short is done by deleting it again.
 */
export async function deleteEnvironment(
  { db, bus }: { db: Database; bus: Bus },
  { env, record }: { env: string; record: RecordChange },
): Promise<Recorded> {
  await readEnvironment(db, env);
  if (env === WORKBENCH_ENV) throw inUse(env, 'drafts are tried with its variables');
  await refuseUsed(db.kysely, env);
  // Before the rest, in small batches that nobody waits for.
  for (const table of TRACES) {
    const rows = sql.table(table);
    const some = sql`select execution_id from ${rows} where env = ${env} limit ${BATCH}`;
    while (
      Number((await sql`delete from ${rows} where execution_id in (${some})`.execute(db.kysely)).numAffectedRows) > 0
    );
  }
  for (const [table, id] of NAMED) {
    const rows = sql.table(table);
    const some = sql`select ${sql.ref(id)} from ${rows} where env = ${env} limit ${BATCH}`;
    while (
      Number(
        (await sql`delete from ${rows} where env = ${env} and ${sql.ref(id)} in (${some})`.execute(db.kysely))
          .numAffectedRows,
      ) > 0
    );
  }
  return db.transaction(async (tx) => {
    const { title, tone } = await lockEnvironment(tx, env);
    await refuseUsed(tx, env);
    await tx.deleteFrom('deployments').where('env', '=', env).execute();
    await tx.deleteFrom('variables').where('env', '=', env).execute();
    await tx.deleteFrom('egress_lists').where('env', '=', env).execute();
    await tx.deleteFrom('status_maps').where('env', '=', env).execute();
    const subscriptions = await tx
      .deleteFrom('subscriptions')
      .where('env', '=', env)
      .returning('subscription_id')
      .execute();
    const connections = await tx.deleteFrom('connections').where('env', '=', env).returning('name').execute();
    await tx.deleteFrom('environments').where('name', '=', env).execute();
    const audited = await record({ id: env, env, before: { name: env, title, tone } }, tx);
    await bus.registry.removeVariables(env);
    // An environment of the same name begins with nothing allowed.
    await bus.registry.putEgress(env, []);
    await bus.registry.putStatusMaps(env, {});
    for (const { subscription_id } of subscriptions) await bus.eventReaders.remove(readerName(subscription_id));
    for (const { name } of connections) await bus.registry.deleteConnection(env, name);
    return audited;
  });
}

async function refuseUsed(kysely: Kysely<Tables> | Transaction<Tables>, env: string): Promise<void> {
  const flows = await kysely
    .selectFrom('deployments')
    .select('flow_id')
    .where('env', '=', env)
    .where('status', '=', 'active')
    .orderBy('flow_id')
    .execute();
  if (flows.length > 0) throw inUse(env, `${flows.map(({ flow_id }) => flow_id).join(', ')} is deployed there`);
  const running = await kysely
    .selectFrom('executions')
    .select('execution_id')
    .where('env', '=', env)
    .where('ended_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (running) throw inUse(env, `execution ${running.execution_id} has not ended there`);
}

const inUse = (env: string, reason: string): FlowError =>
  new FlowError('API_IN_USE', { details: { what: 'environment', id: env, reason } });
