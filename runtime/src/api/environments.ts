import type { Bus } from '@crossdock/bus';
import { FlowError } from '@crossdock/errors';
import type { RecordChange, Recorded } from '../audit/index.ts';
import { type Database, storableJson, storableText } from '../store/index.ts';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import type { Handlers } from './mount.ts';

type EnvironmentRoutes = 'listEnvironments' | 'createEnvironment' | 'getVariables' | 'putVariables';

export function environmentHandlers(options: ApiOptions): Pick<Handlers, EnvironmentRoutes> {
  const { db } = options;
  return {
    async listEnvironments() {
      const items = await db.kysely
        .selectFrom('environments')
        .select(['name', 'title', 'tone'])
        .orderBy('position')
        .execute();
      return { status: 200, body: { items, nextCursor: null } };
    },
    async createEnvironment({ body: { name, title = name, tone = 'neutral' }, audit }) {
      return db.transaction(async (tx) => {
        const added = await tx
          .insertInto('environments')
          .values({ name, title: storableText(title), tone })
          .onConflict((conflict) => conflict.column('name').doNothing())
          .returning(['name', 'title', 'tone'])
          .executeTakeFirst();
        if (!added) throw new FlowError('API_CONFLICT', { details: { what: `the environment "${name}"` } });
        return { status: 201, body: added, audited: await audit.record({ id: name, env: name, after: added }, tx) };
      });
    },
    async getVariables({ params: { env } }) {
      return { status: 200, body: await readVariables(db, env) };
    },
    async putVariables({ params: { env }, body, audit: { record }, ...call }) {
      const by = callerIn(call).name;
      const { variables, audited } = await writeVariables(options, { env, variables: body, by, record });
      return { status: 200, body: variables, audited };
    },
  };
}

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

/** Replaces the variables and publishes them; when the bus is away nothing changes. Throws `API_NOT_FOUND`. */
export async function writeVariables(
  { db, bus }: { db: Database; bus: Bus },
  wanted: { env: string; variables: Record<string, unknown>; by: string; record: RecordChange },
): Promise<{ variables: Record<string, unknown>; audited: Recorded }> {
  const { env, variables, by, record } = wanted;
  return db.transaction(async (tx) => {
    const known = await tx
      .selectFrom('environments')
      .select('name')
      .where('name', '=', env)
      .forUpdate()
      .executeTakeFirst();
    if (!known) throw environmentNotFound(env);
    const old = await tx.selectFrom('variables').select('variables').where('env', '=', env).executeTakeFirst();
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

export function environmentNotFound(env: string): FlowError {
  return new FlowError('API_NOT_FOUND', { details: { what: 'environment', id: env } });
}
