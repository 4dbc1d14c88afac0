import { type Egress, readEgressRule } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { storableJson } from '../store/index.ts';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import { environmentNotFound } from './environments/environment-rows.ts';
import type { Handlers } from './mount.ts';

/** What each environment may call although it is private. */
export function egressHandlers({ db, bus, egressAllow }: ApiOptions): Pick<Handlers, 'getEgress' | 'putEgress'> {
  return {
    async getEgress({ params: { env } }) {
      const row = await db.kysely
        .selectFrom('environments')
        .leftJoin('egress_lists', 'egress_lists.env', 'environments.name')
        .select('allow')
        .where('name', '=', env)
        .executeTakeFirst();
      if (!row) throw environmentNotFound(env);
      return { status: 200, body: { allow: row.allow ?? [], installation: [...egressAllow(env)] } };
    },
    async putEgress({ params: { env }, body, audit, ...call }) {
      const allow = checkedRules(body);
      const by = callerIn(call).name;
      return db.transaction(async (tx) => {
        const known = await tx
          .selectFrom('environments')
          .select('name')
          .where('name', '=', env)
          .forUpdate()
          .executeTakeFirst();
        if (!known) throw environmentNotFound(env);
        const old = await tx.selectFrom('egress_lists').select('allow').where('env', '=', env).executeTakeFirst();
        const row = { allow: storableJson(allow), updated_at: new Date(), updated_by: by };
        await tx
          .insertInto('egress_lists')
          .values({ env, ...row })
          .onConflict((conflict) => conflict.column('env').doUpdateSet(row))
          .execute();
        const audited = await audit.record({ id: env, env, before: { allow: old?.allow ?? [] }, after: { allow } }, tx);
        // When the bus is away nothing changes.
        await bus.registry.putEgress(env, allow);
        return { status: 200, body: { allow, installation: [...egressAllow(env)] }, audited };
      });
    },
  };
}

function checkedRules({ allow }: Egress): string[] {
  const rules = allow.map((rule) => rule.trim());
  const wrong = rules.findIndex((rule) => readEgressRule(rule) === undefined);
  if (wrong < 0) return [...new Set(rules)];
  const reason = `is "${rules[wrong]}"; write a host, host:port, [IPv6]:port or a range such as 10.1.0.0/16`;
  throw new FlowError('API_BAD_REQUEST', { details: { path: `field "allow.${wrong}"`, reason } });
}
