import type { Bus } from '@crossdock/bus';
import { FlowError } from '@crossdock/errors';
import { isPlainField } from '@crossdock/mapping';
import type { RecordChange, Recorded } from '../../audit/index.ts';
import { type Database, storableJson } from '../../store/index.ts';
import { environmentNotFound, lockEnvironment } from './environment-rows.ts';

/** What `$vars` holds in an environment. Throws `API_NOT_FOUND`. */
export async function readVariables(
  { kysely }: Pick<Database, 'kysely'>,
  env: string,
): Promise<Record<string, unknown>> {
  const row = await kysely
    .selectFrom('environments')
    .leftJoin('variables', 'variables.env', 'environments.name')
    .select('variables')
    .where('name', '=', env)
    .executeTakeFirst();
  if (!row) throw environmentNotFound(env);
  return row.variables ?? {};
}

/**
 * Replaces the variables and publishes them; when the bus is away nothing changes. Throws `API_NOT_FOUND`, and `API_BAD_REQUEST` for a new name that flows
 * could not read as `$vars.name`; names that are there stay.
 */
export async function writeVariables(
  { db, bus }: { db: Database; bus: Bus },
  wanted: { env: string; variables: Record<string, unknown>; by: string; record: RecordChange },
): Promise<{ variables: Record<string, unknown>; audited: Recorded }> {
  const { env, variables, by, record } = wanted;
  return db.transaction(async (tx) => {
    await lockEnvironment(tx, env);
    const old = await tx.selectFrom('variables').select('variables').where('env', '=', env).executeTakeFirst();
    refuseOddNames(variables, old?.variables ?? {});
    const row = { variables: storableJson(variables), updated_at: new Date(), updated_by: by };
    const stored = await tx
      .insertInto('variables')
      .values({ env, ...row })
      .onConflict((conflict) => conflict.column('env').doUpdateSet(row))
      .returning('variables')
      .executeTakeFirstOrThrow();
    const audited = await record({ id: env, env, before: old?.variables ?? {}, after: stored.variables }, tx);
    await bus.registry.putVariables(env, stored.variables);
    return { variables: stored.variables, audited };
  });
}

function refuseOddNames(variables: Record<string, unknown>, old: Record<string, unknown>): void {
  const odd = Object.keys(variables).find((name) => !Object.hasOwn(old, name) && !isPlainField(name));
  if (odd === undefined) return;
  const reason =
    'is no name that flows can read as $vars.name; use letters, digits and underscores, beginning with no digit';
  throw new FlowError('API_BAD_REQUEST', { details: { path: `field "${odd}"`, reason } });
}
