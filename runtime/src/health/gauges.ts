import type { BusReading } from '@crossdock/bus';
import { sql } from 'kysely';
import type { MetricName, Metrics } from '../metrics.ts';
import type { Database } from '../store/index.ts';

type GaugeRow = { labels?: Record<string, string>; value: number };

const OF_BUS = [
  'crossdock_flow_queue_depth',
  'crossdock_flow_oldest_seconds',
  'crossdock_breakers_open',
  'crossdock_trigger_store_bytes',
  'crossdock_trigger_store_limit_bytes',
  'crossdock_journal_records',
] as const satisfies MetricName[];
const OF_DATABASE = [
  'crossdock_executions_unfinished',
  'crossdock_dead_letters_open',
  'crossdock_alarms_firing',
] as const satisfies MetricName[];

/** Sets what is the same for the whole installation. One process tells of it, so that sums over all stay true. */
export async function publishGauges(
  metrics: Pick<Metrics, 'replace'>,
  { db, reading, now }: { db: Pick<Database, 'kysely'>; reading: BusReading | undefined; now: number },
): Promise<void> {
  if (reading) publishBus(metrics, reading, now);
  else for (const name of OF_BUS) metrics.replace(name, []);
  const { kysely } = db;
  const count = sql<number>`count(*)::integer`.as('count');
  const unfinished = await kysely
    .selectFrom('executions')
    .select(['env', 'flow_id', 'status', count])
    .where('status', 'in', ['running', 'waiting', 'in-doubt', 'compensating'])
    .where('parent_id', 'is', null)
    .groupBy(['env', 'flow_id', 'status'])
    .execute();
  const letters = await kysely
    .selectFrom('dead_letters')
    .select(['env', 'flow_id', count])
    .where('replayed_by', 'is', null)
    .groupBy(['env', 'flow_id'])
    .execute();
  const alarms = await kysely
    .selectFrom('alarms')
    .select(['severity', count])
    .where('state', '=', 'firing')
    .groupBy('severity')
    .execute();
  metrics.replace(
    'crossdock_executions_unfinished',
    unfinished.map(({ env, flow_id: flow, status, count: value }) => ({ labels: { env, flow, status }, value })),
  );
  metrics.replace(
    'crossdock_dead_letters_open',
    letters.map(({ env, flow_id: flow, count: value }) => ({ labels: { env, flow }, value })),
  );
  metrics.replace(
    'crossdock_alarms_firing',
    ['info', 'warning', 'critical'].map((severity) => ({
      labels: { severity },
      value: alarms.find((row) => row.severity === severity)?.count ?? 0,
    })),
  );
}

/** Another process tells of them now. */
export function clearGauges(metrics: Pick<Metrics, 'replace'>): void {
  for (const name of [...OF_BUS, ...OF_DATABASE]) metrics.replace(name, []);
}

function publishBus(metrics: Pick<Metrics, 'replace'>, { queues, breakers, stores }: BusReading, now: number): void {
  const ofFlows = (value: (queue: BusReading['queues'][number]) => number): GaugeRow[] =>
    queues.map((queue) => ({ labels: { env: queue.env, flow: queue.flowId }, value: value(queue) }));
  metrics.replace(
    'crossdock_flow_queue_depth',
    ofFlows(({ depth }) => depth),
  );
  metrics.replace(
    'crossdock_flow_oldest_seconds',
    ofFlows(({ oldestAt = now }) => Math.max(0, now - oldestAt) / 1000),
  );
  metrics.replace(
    'crossdock_breakers_open',
    breakers.map(({ env, remote }) => ({ labels: { env, remote }, value: 1 })),
  );
  metrics.replace('crossdock_trigger_store_bytes', [{ value: stores.triggerBytes }]);
  metrics.replace('crossdock_trigger_store_limit_bytes', [{ value: stores.triggerLimit }]);
  metrics.replace('crossdock_journal_records', [{ value: stores.journalRecords }]);
}
