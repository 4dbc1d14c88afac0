import { Counter, Gauge, Histogram, type MetricObjectWithValues, type MetricValue, Registry } from 'prom-client';

type Kind = 'counter' | 'gauge' | 'histogram';

interface MetricRow {
  readonly kind: Kind;
  readonly help: string;
  readonly labels: readonly string[];
}

const row = (kind: Kind, help: string, ...labels: string[]): MetricRow => ({ kind, help, labels });

/** Every metric of the runtime: name, kind, help and labels are written here once. Durations are in seconds. */
export const metricTable = {
  crossdock_hook_requests_total: row('counter', 'Requests at the hooks', 'env', 'status'),
  crossdock_hook_seconds: row('histogram', 'Time to answer a hook', 'env'),
  crossdock_hook_refused_total: row(
    'counter',
    'Requests that a hook refused: their signature or credential (missing, repeated, malformed, late, early, mismatch), its rate (limited), or it had no secret (not-ready)',
    'env',
    'flow',
    'node',
    'reason',
  ),
  crossdock_triggers_accepted_total: row('counter', 'Triggers stored, duplicates apart', 'env', 'flow', 'duplicate'),
  crossdock_triggers_refused_total: row(
    'counter',
    'Messages and ticks stored as executions that fail, as they cannot be read or have no keys',
    'env',
    'flow',
    'code',
  ),
  crossdock_inbound_messages_total: row(
    'counter',
    'Messages that nats.subscribe triggers heard, by what became of them; "lost" ones are in the log',
    'env',
    'flow',
    'outcome',
  ),
  crossdock_inbound_unheard: row(
    'gauge',
    'Triggers whose subject or stream cannot be heard, 1 each',
    'env',
    'flow',
    'node',
  ),
  crossdock_events_received_total: row(
    'counter',
    'Events that event.received triggers heard, by what became of them',
    'env',
    'flow',
    'outcome',
  ),
  crossdock_subscription_attempts_total: row(
    'counter',
    'Attempts to deliver events to subscribers, "delivered" or "failed"; "gave-up" when a subscription stops',
    'env',
    'outcome',
  ),
  crossdock_subscription_waiting: row('gauge', 'Events that a subscription is still to look at', 'env', 'subscription'),
  crossdock_subscription_stopped: row(
    'gauge',
    'Subscriptions that stopped as an event could not be delivered, 1 each',
    'env',
    'subscription',
  ),
  crossdock_polls_total: row(
    'counter',
    'Looks at other systems for what has changed, "looked" or "failed"; the reason is in the log',
    'env',
    'flow',
    'outcome',
  ),
  crossdock_poll_changes_total: row('counter', 'Changes that looks at other systems found', 'env', 'flow'),
  crossdock_poll_ended: row(
    'gauge',
    'Triggers that look no more until they are deployed anew, 1 each: the other system was restored',
    'env',
    'flow',
    'node',
  ),
  crossdock_schedule_ticks_total: row('counter', 'Ticks that this process was first to claim', 'env', 'flow'),
  crossdock_executions_total: row('counter', 'Executions that ended or fell asleep', 'env', 'flow', 'status'),
  crossdock_execution_seconds: row('histogram', 'From acceptance to the terminal record', 'env', 'flow'),
  crossdock_node_attempts_total: row('counter', 'Attempts at nodes', 'type', 'status'),
  crossdock_node_retries_total: row('counter', 'Further attempts at nodes after a failed one', 'env', 'flow'),
  crossdock_remote_attempts_total: row(
    'counter',
    'Calls of connections and hosts, by how they ended',
    'env',
    'remote',
    'outcome',
  ),
  crossdock_remote_seconds: row('histogram', 'Time of calls of connections and hosts', 'env', 'remote'),
  crossdock_flow_queue_depth: row(
    'gauge',
    'Triggers that no worker has settled; told by one process of all',
    'env',
    'flow',
  ),
  crossdock_flow_oldest_seconds: row('gauge', 'Age of the oldest of them; told by one process of all', 'env', 'flow'),
  crossdock_executions_unfinished: row(
    'gauge',
    'Executions that have not ended; told by one process of all',
    'env',
    'flow',
    'status',
  ),
  crossdock_dead_letters_open: row(
    'gauge',
    'Dead letters that nobody replayed; told by one process of all',
    'env',
    'flow',
  ),
  crossdock_breakers_open: row(
    'gauge',
    'Circuit breakers that are not closed, 1 each; told by one process of all',
    'env',
    'remote',
  ),
  crossdock_alarms_firing: row('gauge', 'Alarms that fire; told by one process of all', 'severity'),
  crossdock_trigger_store_bytes: row('gauge', 'What the trigger store holds; told by one process of all'),
  crossdock_trigger_store_limit_bytes: row('gauge', 'The most it may hold; told by one process of all'),
  crossdock_journal_records: row('gauge', 'Records on the journal; told by one process of all'),
  crossdock_breaker_changes_total: row('counter', 'Circuit breakers that opened, closed or began to try', 'state'),
  crossdock_executions_in_flight: row('gauge', 'Executions that workers hold'),
  crossdock_leases_redelivered_total: row('counter', 'Leases delivered more than once'),
  crossdock_reconciler_repairs_total: row('counter', 'Executions that nobody would have woken: must stay 0'),
  crossdock_old_triggers_total: row('counter', 'Triggers that came again long after they were done, and were not run'),
  crossdock_trace_dropped_total: row('counter', 'Trace payloads that were dropped'),
  crossdock_otlp_spans_total: row(
    'counter',
    'Spans for the OpenTelemetry collector: sent, not-taken by it (dropped), or queue-full (dropped)',
    'outcome',
  ),
  crossdock_projected_records_total: row('counter', 'Records written to the read model', 'kind'),
  crossdock_projector_batch_seconds: row('histogram', 'Time to write one batch to the read model'),
  crossdock_order_exceptions_total: row('counter', 'Exceptions of orders that rules raised or cleared', 'what'),
  crossdock_projector_orders_seconds: row('histogram', 'Time to write one batch of events and fold their orders'),
  crossdock_projector_lag_seconds: row('gauge', 'How old the newest trigger was when it was written to the read model'),
  crossdock_api_requests_total: row('counter', 'Requests at the API', 'method', 'status'),
  crossdock_worker_restarts_total: row('counter', 'Worker processes started again after they ended'),
  crossdock_nats_restarts_total: row('counter', 'Starts of the embedded nats-server after it ended'),
} as const satisfies Record<string, MetricRow>;

export type MetricName = keyof typeof metricTable;
export type Labels = Readonly<Record<string, string | number>>;
/** The metrics of one process as plain data: what a worker sends its parent. */
export type MetricsSnapshot = MetricObjectWithValues<MetricValue<string>>[];

/** Where the pieces of a process count what they do; what the names mean stands in `metricTable`. */
export interface Metrics {
  /** Adds to a counter (default 1). */
  count(name: MetricName, labels?: Labels, by?: number): void;
  /** Puts a duration in seconds into a histogram. */
  observe(name: MetricName, seconds: number, labels?: Labels): void;
  /** Sets a gauge. */
  set(name: MetricName, value: number, labels?: Labels): void;
  /** Sets a gauge for these labels, and for no others any more. */
  replace(name: MetricName, rows: readonly { labels?: Labels; value: number }[]): void;
  snapshot(): Promise<MetricsSnapshot>;
}

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  for (const [name, { kind, help, labels }] of Object.entries(metricTable)) {
    const options = { name, help, labelNames: [...labels], registers: [registry] };
    if (kind === 'counter') counters.set(name, new Counter(options));
    else if (kind === 'gauge') gauges.set(name, new Gauge(options));
    else histograms.set(name, new Histogram({ ...options, buckets: SECONDS }));
  }
  return {
    count: (name, labels = {}, by = 1) => counters.get(name)?.inc(labels, by),
    observe: (name, seconds, labels = {}) => histograms.get(name)?.observe(labels, seconds),
    set: (name, value, labels = {}) => gauges.get(name)?.set(labels, value),
    replace(name, rows) {
      const gauge = gauges.get(name);
      gauge?.reset();
      // Without labels a reset gauge would read 0, which is a value.
      if (rows.length === 0) gauge?.remove({});
      for (const { labels = {}, value } of rows) gauge?.set(labels, value);
    },
    snapshot: () => registry.getMetricsAsJSON(),
  };
}
