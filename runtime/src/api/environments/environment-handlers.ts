import { FlowError } from '@crossdock/errors';
import { sql } from 'kysely';
import { storableText } from '../../store/index.ts';
import type { ApiOptions } from '../api.ts';
import { callerIn } from '../caller-in.ts';
import type { Handlers } from '../mount.ts';
import { deleteEnvironment } from './delete-environment.ts';
import { lockEnvironment, readEnvironment } from './environment-rows.ts';
import { orderEnvironments } from './order-environments.ts';
import { readVariableUses } from './variable-usage.ts';
import { readVariables, writeVariables } from './variables.ts';

type EnvironmentRoutes =
  | 'listEnvironments'
  | 'createEnvironment'
  | 'orderEnvironments'
  | 'updateEnvironment'
  | 'deleteEnvironment'
  | 'getVariables'
  | 'putVariables'
  | 'variableUsage';

const LAST = sql<number>`(select coalesce(max(position), 0) + 1 from environments)`;

export function environmentHandlers(options: ApiOptions): Pick<Handlers, EnvironmentRoutes> {
  const { db } = options;
  const all = async () => ({
    items: await db.kysely
      .selectFrom('environments')
      .select(['name', 'title', 'tone'])
      .orderBy('position')
      .orderBy('name')
      .execute(),
    nextCursor: null,
  });
  return {
    async listEnvironments() {
      return { status: 200, body: await all() };
    },
    async createEnvironment({ body: { name, title = name, tone = 'neutral' }, audit }) {
      return db.transaction(async (tx) => {
        const added = await tx
          .insertInto('environments')
          .values({ name, title: storableText(title), tone, position: LAST })
          .onConflict((conflict) => conflict.column('name').doNothing())
          .returning(['name', 'title', 'tone'])
          .executeTakeFirst();
        if (!added) throw new FlowError('API_CONFLICT', { details: { what: `the environment "${name}"` } });
        return { status: 201, body: added, audited: await audit.record({ id: name, env: name, after: added }, tx) };
      });
    },
    async orderEnvironments({ body: { names }, audit: { record } }) {
      const audited = await orderEnvironments(db, { names, record });
      return { status: 200, body: await all(), audited };
    },
    async updateEnvironment({ params: { env }, body: { title, tone }, audit }) {
      return db.transaction(async (tx) => {
        const { title: oldTitle, tone: oldTone } = await lockEnvironment(tx, env);
        const after = await tx
          .updateTable('environments')
          .set({ title: storableText(title), tone })
          .where('name', '=', env)
          .returning(['name', 'title', 'tone'])
          .executeTakeFirstOrThrow();
        const before = { name: env, title: oldTitle, tone: oldTone };
        return { status: 200, body: after, audited: await audit.record({ id: env, env, before, after }, tx) };
      });
    },
    async deleteEnvironment({ params: { env }, audit: { record } }) {
      return { status: 204, body: null, audited: await deleteEnvironment(options, { env, record }) };
    },
    async getVariables({ params: { env } }) {
      return { status: 200, body: await readVariables(db, env) };
    },
    async variableUsage({ params: { env } }) {
      await readEnvironment(db, env);
      return { status: 200, body: { items: await readVariableUses(db, env), nextCursor: null } };
    },
    async putVariables({ params: { env }, body, audit: { record }, ...call }) {
      const by = callerIn(call).name;
      const { variables, audited } = await writeVariables(options, { env, variables: body, by, record });
      return { status: 200, body: variables, audited };
    },
  };
}
