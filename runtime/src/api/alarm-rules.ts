import { randomUUID } from 'node:crypto';
import type { AlarmRuleBody } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import type { Transaction } from 'kysely';
import { checkedCondition, checkScope } from '../alarms/index.ts';
import { storableJson, storableText, type Tables } from '../store/index.ts';
import { rowId, ruleView } from './alarm-rows.ts';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import type { Handlers } from './mount.ts';

type RuleRoutes = 'listAlarmRules' | 'createAlarmRule' | 'updateAlarmRule' | 'deleteAlarmRule';

export function alarmRuleHandlers({ db }: ApiOptions): Pick<Handlers, RuleRoutes> {
  return {
    async listAlarmRules() {
      const rows = await db.kysely.selectFrom('alarm_rules').selectAll().orderBy('built_in').orderBy('name').execute();
      return { status: 200, body: { items: rows.map(ruleView), nextCursor: null } };
    },
    async createAlarmRule({ body, audit: { record }, ...call }) {
      const by = callerIn(call).name;
      return db.transaction(async (tx) => {
        const row = await tx
          .insertInto('alarm_rules')
          .values({ rule_id: randomUUID(), ...(await columnsOf(tx, body)), updated_at: new Date(), updated_by: by })
          .returningAll()
          .executeTakeFirstOrThrow();
        const rule = ruleView(row);
        const audited = await record({ id: rule.ruleId, name: rule.name, env: rule.env ?? undefined, after: rule }, tx);
        return { status: 201, body: rule, audited };
      });
    },
    async updateAlarmRule({ params: { ruleId }, body, audit: { record }, ...call }) {
      const by = callerIn(call).name;
      return db.transaction(async (tx) => {
        const before = ruleView(await lockRule(tx, ruleId));
        if (before.builtIn && body.condition.kind !== before.condition.kind)
          throw new FlowError('API_BAD_REQUEST', {
            details: {
              path: 'body /condition/kind',
              reason: `must stay "${before.condition.kind}": the rule is built in`,
            },
          });
        const row = await tx
          .updateTable('alarm_rules')
          .set({ ...(await columnsOf(tx, body)), updated_at: new Date(), updated_by: by })
          .where('rule_id', '=', ruleId)
          .returningAll()
          .executeTakeFirstOrThrow();
        const rule = ruleView(row);
        // What it watches is another thing now, or nothing: alarms of the old one are nobody's.
        if (!rule.enabled || !watchesTheSame(before, rule))
          await tx.deleteFrom('alarms').where('rule_id', '=', ruleId).where('state', '<>', 'resolved').execute();
        const audited = await record(
          { id: ruleId, name: rule.name, env: rule.env ?? undefined, before, after: rule },
          tx,
        );
        return { status: 200, body: rule, audited };
      });
    },
    async deleteAlarmRule({ params: { ruleId }, audit: { record } }) {
      return db.transaction(async (tx) => {
        const before = ruleView(await lockRule(tx, ruleId));
        if (before.builtIn)
          throw new FlowError('API_IN_USE', {
            details: { what: 'the rule', id: before.name, reason: 'it is built in; switch it off or mute it instead' },
          });
        await tx.deleteFrom('alarm_rules').where('rule_id', '=', ruleId).execute();
        const audited = await record({ id: ruleId, name: before.name, env: before.env ?? undefined, before }, tx);
        return { status: 204, body: null, audited };
      });
    },
  };
}

async function lockRule(tx: Transaction<Tables>, ruleId: string) {
  const row = await tx
    .selectFrom('alarm_rules')
    .selectAll()
    .where('rule_id', '=', rowId('alarm rule', ruleId))
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new FlowError('API_NOT_FOUND', { details: { what: 'alarm rule', id: ruleId } });
  return row;
}

const watchesTheSame = (a: AlarmRuleBody, b: AlarmRuleBody): boolean =>
  a.condition.kind === b.condition.kind && a.env === b.env && a.flowId === b.flowId;

/** The columns of a rule, checked. Throws `API_BAD_REQUEST`, which names the field. */
async function columnsOf(tx: Transaction<Tables>, body: AlarmRuleBody) {
  const { name, condition, env, flowId, severity, forMs, renotifyMs, channels, enabled, mutedUntil } = body;
  checkScope(condition.kind, { env, flowId });
  const known =
    channels.length === 0
      ? []
      : await tx
          .selectFrom('alarm_channels')
          .select('channel_id')
          .where('channel_id', 'in', channels.map(idOfChannel))
          .execute();
  const missing = channels.find((id) => !known.some(({ channel_id }) => channel_id === id));
  if (missing !== undefined) throw unknownChannel(missing);
  return {
    name: storableText(name),
    condition: storableJson(checkedCondition(condition)),
    env,
    flow_id: flowId,
    severity,
    for_ms: forMs,
    renotify_ms: renotifyMs,
    channels: storableJson(channels),
    enabled,
    muted_until: mutedUntil,
  };
}

function idOfChannel(id: string): string {
  try {
    return rowId('alarm channel', id);
  } catch {
    throw unknownChannel(id);
  }
}

function unknownChannel(id: string): FlowError {
  const details = { path: 'body /channels', reason: `names the channel "${id}", which does not exist` };
  return new FlowError('API_BAD_REQUEST', { details });
}
