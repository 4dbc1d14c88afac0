import type { OrderRules } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { type RuleSettings, ruleSettingsProblems } from '@crossdock/orders';
import type { Selectable } from 'kysely';
import { lockFolds } from '../../projector/orders/write-orders.ts';
import { storableJson, type Tables } from '../../store/index.ts';
import type { ApiOptions } from '../api.ts';
import { callerIn } from '../caller-in.ts';
import { lockEnvironment, readEnvironment } from '../environments/environment-rows.ts';
import type { Handlers } from '../mount.ts';

/** When orders of an environment need a person. */
export function orderRuleHandlers({ db }: ApiOptions): Pick<Handlers, 'getOrderRules' | 'putOrderRules'> {
  return {
    async getOrderRules({ params: { env } }) {
      await readEnvironment(db, env);
      const row = await db.kysely.selectFrom('order_rules').selectAll().where('env', '=', env).executeTakeFirst();
      return { status: 200, body: rulesView(row) };
    },
    async putOrderRules({ params: { env }, body: { settings: given, since }, audit, ...call }) {
      const settings = checkedSettings(given);
      const by = callerIn(call).name;
      return db.transaction(async (tx) => {
        await lockEnvironment(tx, env);
        // An order that is folded meanwhile is looked at by the new settings, too.
        await lockFolds(tx);
        const old = await tx.selectFrom('order_rules').selectAll().where('env', '=', env).executeTakeFirst();
        if (since !== undefined && since !== rulesView(old).updatedAt) throw new FlowError('API_STALE');
        // Who watches rules looks at all orders anew, from the first.
        const change = { settings: storableJson(settings), mark_after: '', updated_at: new Date(), updated_by: by };
        const row = await tx
          .insertInto('order_rules')
          .values({ env, ...change })
          .onConflict((conflict) => conflict.column('env').doUpdateSet(change))
          .returningAll()
          .executeTakeFirstOrThrow();
        const audited = await audit.record({ id: env, env, before: old?.settings ?? {}, after: settings }, tx);
        return { status: 200, body: rulesView(row), audited };
      });
    },
  };
}

function rulesView(row: Selectable<Tables['order_rules']> | undefined): OrderRules {
  if (!row) return { settings: {}, updatedAt: null, updatedBy: null };
  return { settings: row.settings, updatedAt: row.updated_at.toISOString(), updatedBy: row.updated_by };
}

/** Throws `API_BAD_REQUEST` for the first of what is wrong, with all of it in `details.problems`. */
function checkedSettings(settings: unknown): RuleSettings {
  const problems = ruleSettingsProblems(settings);
  const [first] = problems;
  if (first === undefined) return settings as RuleSettings;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const reason = `${first.message.slice(first.field.length).trim()}. ${first.fix}${more}`;
  throw new FlowError('API_BAD_REQUEST', { details: { path: `field "settings.${first.field}"`, reason, problems } });
}
