import { randomUUID } from 'node:crypto';
import type { AlarmNotice } from '@crossdock/api-contract';
import type { Selectable, Transaction } from 'kysely';
import type { Logger } from '../log.ts';
import { type Database, storableJson, storableText, type Tables } from '../store/index.ts';
import { type Holding, type ObserveSources, observe } from './observe.ts';
import { type AlarmEvent, type NextAlarm, type OpenAlarm, stepAlarm } from './step-alarm.ts';

type RuleRow = Selectable<Tables['alarm_rules']>;
type AlarmRow = Selectable<Tables['alarms']>;

export interface EvaluateOptions extends Omit<ObserveSources, 'flowName'> {
  db: Database;
  /** Where people find the designer. */
  baseUrl: string;
  /** As if every rule were muted: what still fires when that ends is told of then. */
  tellNobody: boolean;
  log: Logger;
}

/**
 * One look at every rule: moves alarms on and queues what channels are to be told, both in one transaction. To be done by one process at a time.
 * Gives how many alarms changed their state.
 */
export async function evaluateRules(options: EvaluateOptions): Promise<number> {
  const rules = await options.db.kysely.selectFrom('alarm_rules').selectAll().where('enabled', '=', true).execute();
  if (rules.length === 0) return 0;
  const flows = await options.db.kysely.selectFrom('flows').select(['flow_id', 'name']).execute();
  const names = new Map(flows.map(({ flow_id, name }) => [flow_id, name]));
  const sources = { ...options, flowName: (flowId: string) => names.get(flowId) ?? flowId };
  let changes = 0;
  for (const rule of rules) {
    try {
      const holdings = await observe(rule, sources);
      if (holdings) changes += await options.db.transaction((tx) => evaluateRule(tx, rule, holdings, sources));
    } catch (error) {
      options.log.warn({ err: error, rule: rule.name }, 'an alarm rule could not be looked at; tried again soon');
    }
  }
  return changes;
}

async function evaluateRule(
  tx: Transaction<Tables>,
  rule: RuleRow,
  holdings: readonly Holding[],
  { now, baseUrl, flowName, tellNobody }: EvaluateOptions & Pick<ObserveSources, 'flowName'>,
): Promise<number> {
  const open = await tx
    .selectFrom('alarms')
    .selectAll()
    .where('rule_id', '=', rule.rule_id)
    .where('state', '<>', 'resolved')
    .forUpdate()
    .execute();
  const bySubject = new Map(open.map((row) => [row.subject, row]));
  const held = new Map(holdings.map((holding) => [holding.subject, holding]));
  const mutedUntil = tellNobody ? Number.POSITIVE_INFINITY : rule.muted_until?.getTime();
  const timing = {
    forMs: rule.for_ms,
    renotifyMs: rule.renotify_ms,
    ...(mutedUntil === undefined ? {} : { mutedUntil }),
  };
  let changes = 0;
  for (const subject of new Set([...bySubject.keys(), ...held.keys()])) {
    const row = bySubject.get(subject);
    const holding = held.get(subject);
    const { value, summary } = holding ?? row ?? { value: 0, summary: '' };
    const step = stepAlarm(row && openAlarmOf(row), { holds: holding !== undefined, value, summary }, timing, now);
    if (!step.next) {
      if (row) await tx.deleteFrom('alarms').where('alarm_id', '=', row.alarm_id).execute();
      continue;
    }
    const place = { subject, env: holding?.env ?? row?.env ?? null, flow_id: holding?.flowId ?? row?.flow_id ?? null };
    const alarmId = row?.alarm_id ?? randomUUID();
    await writeAlarm(tx, { alarmId, rule, place, next: step.next });
    if (row?.state !== step.next.state) changes++;
    if (step.event)
      await queueNotices(tx, { alarmId, rule, place, next: step.next, event: step.event, now, baseUrl, flowName });
  }
  return changes;
}

function openAlarmOf({ state, since, fired_at, clear_since, notified_at, value, summary }: AlarmRow): OpenAlarm {
  return {
    state: state === 'firing' ? 'firing' : 'pending',
    since: since.getTime(),
    ...(fired_at ? { firedAt: fired_at.getTime() } : {}),
    ...(clear_since ? { clearSince: clear_since.getTime() } : {}),
    ...(notified_at ? { notifiedAt: notified_at.getTime() } : {}),
    value,
    summary,
  };
}

interface Written {
  alarmId: string;
  rule: RuleRow;
  place: { subject: string; env: string | null; flow_id: string | null };
  next: NextAlarm;
}

const dateOf = (ms: number | undefined): Date | null => (ms === undefined ? null : new Date(ms));

async function writeAlarm(tx: Transaction<Tables>, { alarmId, rule, place, next }: Written): Promise<void> {
  const state = {
    state: next.state,
    rule_name: rule.name,
    severity: rule.severity,
    since: new Date(next.since),
    fired_at: dateOf(next.firedAt),
    resolved_at: next.state === 'resolved' ? new Date(next.resolvedAt) : null,
    clear_since: dateOf(next.clearSince),
    notified_at: dateOf(next.notifiedAt),
    value: next.value,
    summary: storableText(next.summary, 1_000),
  };
  await tx
    .insertInto('alarms')
    .values({ alarm_id: alarmId, rule_id: rule.rule_id, ...place, ...state })
    .onConflict((conflict) => conflict.column('alarm_id').doUpdateSet(state))
    .execute();
}

async function queueNotices(
  tx: Transaction<Tables>,
  {
    alarmId,
    rule,
    place,
    next,
    event,
    now,
    baseUrl,
    flowName,
  }: Written & { event: AlarmEvent } & Pick<EvaluateOptions, 'now' | 'baseUrl'> & Pick<ObserveSources, 'flowName'>,
): Promise<void> {
  if (rule.channels.length === 0) return;
  const channels = await tx
    .selectFrom('alarm_channels')
    .select('channel_id')
    .where('channel_id', 'in', rule.channels)
    .execute();
  if (channels.length === 0) return;
  const notice: AlarmNotice = {
    event,
    alarmId,
    rule: rule.name,
    severity: rule.severity,
    subject: place.subject,
    env: place.env,
    flowId: place.flow_id,
    flowName: place.flow_id === null ? null : flowName(place.flow_id),
    // What no longer holds is told as what it was.
    summary: event === 'resolved' ? `It is over. It was: ${next.summary}` : next.summary,
    value: next.value,
    since: new Date(next.since).toISOString(),
    at: new Date(now).toISOString(),
    url: `${baseUrl}/health?${place.env === null ? '' : `env=${encodeURIComponent(place.env)}&`}tab=alarms`,
  };
  await tx
    .insertInto('alarm_deliveries')
    .values(
      channels.map(({ channel_id }) => ({
        delivery_id: randomUUID(),
        channel_id,
        alarm_id: alarmId,
        event,
        notice: storableJson(notice),
        status: 'pending' as const,
        due_at: new Date(now),
        created_at: new Date(now),
      })),
    )
    .execute();
}
