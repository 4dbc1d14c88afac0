import { type AlarmKind, refusalWords } from '@crossdock/api-contract';
import type { Bus, BusReading } from '@crossdock/bus';
import { connectionTypesByName } from '@crossdock/connectors/manifests';
import { orderRule } from '@crossdock/orders';
import { type Selectable, sql } from 'kysely';
import { readRefusals, reasonsIn } from '../health/read-refusals.ts';
import type { Database, Tables } from '../store/index.ts';
import { openForMs } from './calendar.ts';
import { filledCondition } from './conditions.ts';
import { counted, shortly } from './shortly.ts';

export interface ObserveSources {
  db: Pick<Database, 'kysely'>;
  bus: Pick<Bus, 'registry'>;
  /** Missing while the bus is away: what it alone knows is not looked at then. */
  reading: BusReading | undefined;
  /** What people call a flow. */
  flowName: (flowId: string) => string;
  /** Milliseconds since 1970. */
  now: number;
}

/** Something for which a rule's condition holds now. */
export interface Holding {
  /** Unique within the rule: `prod/shop-order`, `connection prod/erp`. */
  subject: string;
  env: string | null;
  flowId: string | null;
  value: number;
  summary: string;
}

export type Rule = Pick<Selectable<Tables['alarm_rules']>, 'condition' | 'env' | 'flow_id'>;

type Observer = (rule: Rule, sources: ObserveSources) => Promise<Holding[] | undefined>;

const DAY_MS = 86_400_000;

/** What a rule's condition holds for right now; undefined where that cannot be known. */
export function observe(rule: Rule, sources: ObserveSources): Promise<Holding[] | undefined> {
  return OBSERVERS[rule.condition.kind](rule, sources);
}

const ofFlow = (env: string, flowId: string, value: number, summary: string): Holding => ({
  ...{ subject: `${env}/${flowId}`, env, flowId, value, summary },
});

const inScope = (rule: Rule, env: string, flowId?: string): boolean =>
  (rule.env === null || rule.env === env) && (rule.flow_id === null || rule.flow_id === flowId);

const OBSERVERS: Readonly<Record<AlarmKind, Observer>> = {
  async 'dead-letter'(rule, { db, flowName, now }) {
    const { count, windowMs } = filledCondition(rule.condition);
    const rows = await scoped(db.kysely.selectFrom('dead_letters'), rule)
      .select(['env', 'flow_id', sql<number>`count(*)::integer`.as('letters')])
      .where('replayed_by', 'is', null)
      .where('failed_at', '>=', new Date(now - windowMs))
      .groupBy(['env', 'flow_id'])
      .having(sql`count(*)`, '>=', count)
      .execute();
    return rows.map(({ env, flow_id, letters }) =>
      ofFlow(
        env,
        flow_id,
        letters,
        `${counted(letters, 'open dead letter')} of “${flowName(flow_id)}” in ${env} within ${shortly(windowMs)}.`,
      ),
    );
  },

  async waiting(rule, { db, flowName, now }) {
    const { longerThanMs } = filledCondition(rule.condition);
    const rows = await scoped(db.kysely.selectFrom('executions'), rule)
      .select(['env', 'flow_id', sql<number>`count(*)::integer`.as('count'), sql<Date>`min(started_at)`.as('oldest')])
      .where('status', 'in', ['waiting', 'in-doubt'])
      .where('parent_id', 'is', null)
      .where('started_at', '<', new Date(now - longerThanMs))
      .groupBy(['env', 'flow_id'])
      .execute();
    return rows.map(({ env, flow_id, count, oldest }) => {
      const age = now - new Date(oldest).getTime();
      const summary = `${counted(count, 'execution')} of “${flowName(flow_id)}” in ${env} waiting; the oldest was accepted ${shortly(age)} ago.`;
      return ofFlow(env, flow_id, age, summary);
    });
  },

  async 'queue-age'(rule, { reading, flowName, now }) {
    const { longerThanMs } = filledCondition(rule.condition);
    return reading?.queues.flatMap(({ env, flowId, depth, oldestAt = now }) => {
      const age = now - oldestAt;
      if (depth === 0 || age <= longerThanMs || !inScope(rule, env, flowId)) return [];
      return [
        ofFlow(
          env,
          flowId,
          age,
          `${counted(depth, 'message')} waiting for “${flowName(flowId)}” in ${env}, the oldest for ${shortly(age)}.`,
        ),
      ];
    });
  },

  async 'error-rate'(rule, { db, flowName, now }) {
    const { percent, windowMs, atLeast } = filledCondition(rule.condition);
    let query = db.kysely
      .selectFrom('health_slots')
      .select([
        'env',
        'name',
        sql<number>`sum(count)::integer`.as('total'),
        sql<number>`coalesce(sum(count) filter (where outcome = 'failed'), 0)::integer`.as('failed'),
      ])
      .where('slot_ms', '=', 60_000)
      .where('slot', '>=', new Date(now - windowMs))
      .where('kind', '=', 'flow')
      .where('outcome', 'in', ['succeeded', 'failed'])
      .groupBy(['env', 'name']);
    if (rule.env !== null) query = query.where('env', '=', rule.env);
    if (rule.flow_id !== null) query = query.where('name', '=', rule.flow_id);
    return (await query.execute()).flatMap(({ env, name, total, failed }) => {
      const rate = (failed * 100) / total;
      if (total < atLeast || rate < percent) return [];
      const summary = `${failed} of ${total} executions of “${flowName(name)}” in ${env} failed within ${shortly(windowMs)} (${rate.toFixed(1)} %).`;
      return [ofFlow(env, name, rate, summary)];
    });
  },

  async 'hook-silent'(rule, { db, bus, flowName, now }) {
    const { longerThanMs, calendar } = filledCondition(rule.condition);
    if (openForMs(calendar, now, longerThanMs) < longerThanMs) return [];
    const since = new Date(now - longerThanMs);
    const silent: Holding[] = [];
    for (const { env, flowId, revision, deployedAt } of bus.registry.deployments()) {
      if (!inScope(rule, env, flowId) || Date.parse(deployedAt) > since.getTime()) continue;
      const flow = await bus.registry.getRevision(flowId, revision);
      if (!flow?.nodes.some(({ type }) => type === 'webhook')) continue;
      const heard = await db.kysely
        .selectFrom('executions')
        .select('execution_id')
        .where('flow_id', '=', flowId)
        .where('env', '=', env)
        .where('parent_id', 'is', null)
        .where('started_at', '>', since)
        .limit(1)
        .executeTakeFirst();
      if (!heard)
        silent.push(
          ofFlow(
            env,
            flowId,
            longerThanMs,
            `No message for “${flowName(flowId)}” in ${env} for ${shortly(longerThanMs)}.`,
          ),
        );
    }
    return silent;
  },

  async 'hook-refused'(rule, { db, flowName, now }) {
    const { count, windowMs } = filledCondition(rule.condition);
    const rows = await readRefusals(db, { env: rule.env, flowId: rule.flow_id, from: new Date(now - windowMs) });
    const byFlow = Map.groupBy(rows, ({ env, flow_id }) => `${env}/${flow_id}`);
    return [...byFlow.values()].flatMap((own) => {
      const [{ env, flow_id } = { env: '', flow_id: '' }] = own;
      const refused = own.reduce((sum, row) => sum + row.count, 0);
      if (refused < count) return [];
      const summary = `${counted(refused, 'request')} to “${flowName(flow_id)}” in ${env} refused within ${shortly(windowMs)}: ${refusalWords(reasonsIn(own))}.`;
      return [ofFlow(env, flow_id, refused, summary)];
    });
  },

  async 'order-exception'(rule, { db, now }) {
    const { count, longerThanMs } = filledCondition(rule.condition);
    let query = db.kysely
      .selectFrom('order_issues')
      .select(['env', 'code', sql<number>`count(distinct order_id)::integer`.as('orders')])
      .where('kind', '=', 'exception')
      .where('since', '<=', new Date(now - longerThanMs))
      .groupBy(['env', 'code'])
      .having(sql`count(distinct order_id)`, '>=', count);
    if (rule.env !== null) query = query.where('env', '=', rule.env);
    return (await query.execute()).map(({ env, code, orders }) => {
      const title = orderRule(code)?.title;
      const what = title === undefined ? code : `“${title}” (${code})`;
      const summary = `${counted(orders, 'order')} in ${env} with ${what} open for ${shortly(longerThanMs)} or longer.`;
      return { subject: `${env}/orders ${code}`, env, flowId: null, value: orders, summary };
    });
  },

  async 'breaker-open'(rule, { reading, now }) {
    return reading?.breakers.flatMap(({ env, remote, until, opens }) => {
      if (rule.env !== null && rule.env !== env) return [];
      const pause = until > now ? ` until ${new Date(until).toISOString()}` : '';
      const summary = `Calls of ${remote} in ${env} are paused${pause}: it failed ${opens} times in a row.`;
      return [{ subject: `${env}/${remote}`, env, flowId: null, value: opens, summary }];
    });
  },

  async 'credential-expiring'(rule, { db, bus, now }) {
    const { withinMs } = filledCondition(rule.condition);
    const keys = rule.env === null ? await expiringKeys(db, new Date(now + withinMs), now) : [];
    const ofConnections = bus.registry.connections().flatMap(({ env, name, type, settings }) => {
      const field = connectionTypesByName.get(type)?.expiry;
      const ends = field === undefined ? Number.NaN : Date.parse(String(settings[field]));
      if (!(ends - now < withinMs) || (rule.env !== null && rule.env !== env)) return [];
      const { days, when } = expiry(ends, now);
      const summary = `The credentials of the connection “${name}” in ${env} ${when} (${String(settings[field ?? ''])}).`;
      return [{ subject: `connection ${env}/${name}`, env, flowId: null, value: days, summary }];
    });
    return [...keys, ...ofConnections];
  },

  async 'store-full'(rule, { reading }) {
    const { percent } = filledCondition(rule.condition);
    if (!reading) return undefined;
    const { triggerBytes, triggerLimit } = reading.stores;
    const filled = triggerLimit > 0 ? (triggerBytes * 100) / triggerLimit : 0;
    const summary = `The trigger store is ${filled.toFixed(0)} % full; when it is full, hooks answer 503.`;
    return filled < percent ? [] : [ofInstallation('EVT', filled, summary)];
  },

  async 'journal-crowded'(_rule, { reading }) {
    if (!reading) return undefined;
    const { journalRecords, journalLimit } = reading.stores;
    const summary = `The journal holds ${journalRecords} records, more than ${journalLimit}: what ended well is kept for an hour instead of a day.`;
    return journalRecords <= journalLimit ? [] : [ofInstallation('JRN', journalRecords, summary)];
  },

  async 'traces-dropped'(rule, { reading, now }) {
    const { windowMs } = filledCondition(rule.condition);
    if (!reading) return undefined;
    const { droppedTraces, droppedAt = 0, unreadTraces } = reading.stores;
    const lost = (now - droppedAt < windowMs ? droppedTraces : 0) + unreadTraces;
    const summary = `${lost} payload traces were dropped: those executions are complete, but some steps show no payload.`;
    return lost === 0 ? [] : [ofInstallation('TRACE', lost, summary)];
  },
};

function expiry(ends: number, now: number): { days: number; when: string } {
  const days = Math.ceil((ends - now) / DAY_MS);
  return { days, when: days <= 0 ? 'have expired' : `end in ${counted(days, 'day')}` };
}

/** Keys hold everywhere, so rules about one environment leave them out. Long ended ones trouble nobody. */
async function expiringKeys({ kysely }: ObserveSources['db'], before: Date, now: number): Promise<Holding[]> {
  const rows = await kysely
    .selectFrom('api_keys')
    .select(['key_id', 'name', 'expires_at'])
    .where('expires_at', '<', before)
    .where('expires_at', '>', new Date(now - DAY_MS))
    .execute();
  return rows.map(({ key_id, name, expires_at }) => {
    const { days, when } = expiry(expires_at?.getTime() ?? now, now);
    const summary = `The rights of the API key “${name}” ${when}.`;
    return { subject: `API key ${key_id}`, env: null, flowId: null, value: days, summary };
  });
}

const ofInstallation = (subject: string, value: number, summary: string): Holding => ({
  ...{ subject, env: null, flowId: null, value, summary },
});

function scoped<Query extends { where(column: 'env' | 'flow_id', operator: '=', value: string): Query }>(
  query: Query,
  { env, flow_id }: Rule,
): Query {
  let narrowed = query;
  if (env !== null) narrowed = narrowed.where('env', '=', env);
  if (flow_id !== null) narrowed = narrowed.where('flow_id', '=', flow_id);
  return narrowed;
}
