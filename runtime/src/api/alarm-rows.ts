import type { Alarm, AlarmChannel, AlarmDelivery, AlarmRule } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import type { Selectable } from 'kysely';
import type { Database, Tables } from '../store/index.ts';
import { UUID } from './execution-id.ts';

type Db = Pick<Database, 'kysely'>;
const timeOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Alarms with what their rule watches and says of muting. */
export const selectAlarms = ({ kysely }: Db) =>
  kysely
    .selectFrom('alarms')
    .innerJoin('alarm_rules', 'alarm_rules.rule_id', 'alarms.rule_id')
    .selectAll('alarms')
    .select(['alarm_rules.muted_until', 'alarm_rules.condition']);

type RuleOf = Pick<Selectable<Tables['alarm_rules']>, 'muted_until' | 'condition'>;

export function alarmView(row: Selectable<Tables['alarms']> & RuleOf): Alarm {
  return {
    alarmId: row.alarm_id,
    ruleId: row.rule_id,
    ruleName: row.rule_name,
    kind: row.condition.kind,
    severity: row.severity,
    state: row.state,
    subject: row.subject,
    env: row.env,
    flowId: row.flow_id,
    since: row.since.toISOString(),
    firedAt: timeOrNull(row.fired_at),
    resolvedAt: timeOrNull(row.resolved_at),
    value: row.value,
    summary: row.summary,
    mutedUntil: timeOrNull(row.muted_until),
  };
}

export function ruleView(row: Selectable<Tables['alarm_rules']>): AlarmRule {
  return {
    ruleId: row.rule_id,
    name: row.name,
    condition: row.condition,
    env: row.env,
    flowId: row.flow_id,
    severity: row.severity,
    forMs: row.for_ms,
    renotifyMs: row.renotify_ms,
    channels: row.channels,
    enabled: row.enabled,
    mutedUntil: timeOrNull(row.muted_until),
    builtIn: row.built_in,
    updatedAt: row.updated_at.toISOString(),
    updatedBy: row.updated_by,
  };
}

export function channelView(row: Selectable<Tables['alarm_channels']>, rules: number): AlarmChannel {
  return {
    channelId: row.channel_id,
    name: row.name,
    target: row.target,
    rules,
    updatedAt: row.updated_at.toISOString(),
    updatedBy: row.updated_by,
  };
}

/** Deliveries with the name of their channel. */
export const selectDeliveries = ({ kysely }: Db) =>
  kysely
    .selectFrom('alarm_deliveries')
    .innerJoin('alarm_channels', 'alarm_channels.channel_id', 'alarm_deliveries.channel_id')
    .selectAll('alarm_deliveries')
    .select('alarm_channels.name as channel_name');

export function deliveryView(row: Selectable<Tables['alarm_deliveries']> & { channel_name: string }): AlarmDelivery {
  return {
    deliveryId: row.delivery_id,
    channelId: row.channel_id,
    channelName: row.channel_name,
    alarmId: row.alarm_id,
    event: row.event,
    summary: row.notice.summary,
    status: row.status,
    attempts: row.attempts,
    ...(row.error === null ? {} : { error: row.error }),
    createdAt: row.created_at.toISOString(),
    endedAt: timeOrNull(row.ended_at),
    nextAt: row.status === 'pending' ? row.due_at.toISOString() : null,
  };
}

/** Throws `API_NOT_FOUND` for what no row can be called. */
export function rowId(what: string, id: string): string {
  if (!UUID.test(id)) throw new FlowError('API_NOT_FOUND', { details: { what, id } });
  return id;
}
