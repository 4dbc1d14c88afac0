import { DiscardPolicy, PersistMode, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream';

/** A stream as Crossdock wants it. What is not named stays at the server's default. */
export type StreamSpec = Pick<StreamConfig, 'name' | 'subjects'> & Partial<StreamConfig>;

/** Sizes that an installation may choose. */
export interface StoreLimits {
  /** Triggers kept for work, deduplication and replay, in bytes; over it new ones are refused. */
  triggerBytes: number;
  /** Payload traces on their way to the read model, in bytes; over it the oldest go. */
  traceBytes: number;
  /** Records on the journal; over it those of executions that ended well go after an hour instead of a day. */
  journalRecords: number;
}

export const DEFAULT_STORE_LIMITS: Readonly<StoreLimits> = {
  triggerBytes: 4 * 1024 ** 3,
  traceBytes: 1024 ** 3,
  journalRecords: 2_000_000,
};

export const STREAMS = {
  triggers: 'EVT',
  run: 'RUN',
  journal: 'JRN',
  trace: 'TRACE',
  deadLetters: 'DLQ',
  waits: 'WAIT',
  events: 'ORD',
  ticks: 'CRON',
  permits: 'CNT',
  advisories: 'ADV',
} as const;

export const BUCKETS = {
  revisions: 'REVISIONS',
  active: 'ACTIVE',
  variables: 'VARS',
  egress: 'EGRESS',
  connections: 'CONN',
  watermarks: 'WM',
  breakers: 'CB',
  cancels: 'CANCEL',
  xrefs: 'XREF',
  positions: 'POS',
  statuses: 'STATUS',
} as const;
export const BLOB_BUCKET = 'BLOBS';
/** Durable consumer of the read model, on each stream that it is made of. */
export const FEED_CONSUMER = 'projector';
/** Durable consumer that rings for events, shared by all workers. */
export const RELAY_CONSUMER = 'relay';
/** A wish to cancel is heard for so long. */
export const CANCEL_WINDOW_MS = 86_400_000;

const ADVISORY_BYTES = 64 * 1024 ** 2;
const DAY_MS = 86_400_000;
const NANOS_PER_MS = 1_000_000;
const nanos = (ms: number): number => ms * NANOS_PER_MS;

/**
 * Every stream and bucket of an installation. Two rules of nats-server 2.14 hold here: `discard: new` never stands together with
 * schedules (2.14.2 refuses such a stream), and nothing asks for atomic batches.
 */
export function streamSpecs(limits: StoreLimits, replicas: number): StreamSpec[] {
  const streams: StreamSpec[] = [
    {
      name: STREAMS.triggers,
      subjects: ['evt.>'],
      description: 'Triggers: an execution exists once its trigger is here',
      discard: DiscardPolicy.New,
      max_bytes: limits.triggerBytes,
      duplicate_window: nanos(600_000),
    },
    {
      name: STREAMS.run,
      subjects: ['run.s.>', 'run.q.>'],
      description: 'Timers, fired timers and commands',
      retention: RetentionPolicy.Workqueue,
      discard: DiscardPolicy.Old,
      allow_msg_schedules: true,
      allow_msg_ttl: true,
      allow_rollup_hdrs: true,
    },
    {
      name: STREAMS.journal,
      subjects: ['j.>', 'l.>'],
      description: 'One snapshot per execution, one head per lane',
      discard: DiscardPolicy.Old,
      // Not `Nats-Rollup`: a rollup purges, and a purge on 2.14.0 may drop what a restarted consumer still has to redeliver.
      max_msgs_per_subject: 1,
      allow_msg_ttl: true,
    },
    {
      name: STREAMS.trace,
      subjects: ['tr.>'],
      description: 'Payloads and counts of refused requests on their way to the read model',
      discard: DiscardPolicy.Old,
      max_bytes: limits.traceBytes,
      max_age: nanos(7 * DAY_MS),
      // A lost trace is counted, never waited for. Not offered for replicated streams (ADR-56).
      ...(replicas === 1 ? { persist_mode: PersistMode.Async } : {}),
    },
    {
      name: STREAMS.deadLetters,
      subjects: ['dlq.>'],
      description: 'Executions that ended in an error',
      discard: DiscardPolicy.Old,
      max_age: nanos(30 * DAY_MS),
      duplicate_window: nanos(600_000),
    },
    {
      name: STREAMS.waits,
      subjects: ['w.>', 'jc.>', 'd.>'],
      description: 'Who waits for events, how children ended, which execution stands for a key',
      discard: DiscardPolicy.Old,
      max_msgs_per_subject: 1,
      allow_msg_ttl: true,
    },
    {
      name: STREAMS.events,
      subjects: ['ord.>'],
      description: 'Events of orders, each on a subject of its own',
      discard: DiscardPolicy.Old,
      max_age: nanos(365 * DAY_MS),
    },
    {
      name: STREAMS.ticks,
      subjects: ['cron.>'],
      description: 'Ticks of schedules',
      discard: DiscardPolicy.Old,
      max_msgs_per_subject: 100,
    },
    {
      name: STREAMS.permits,
      subjects: ['rl.>'],
      description: 'Permits taken of rate limits',
      // On disk: one server alone forgets a memory stream with its messages when it restarts.
      discard: DiscardPolicy.Old,
      max_msgs_per_subject: 1,
      // The longest window is a day.
      max_age: nanos(DAY_MS + 3_600_000),
      allow_msg_counter: true,
    },
    {
      name: STREAMS.advisories,
      // Of leases only: the server also tells of each journal record that a newer one replaced before the read model had it.
      subjects: [
        '$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.>',
        `$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.${STREAMS.triggers}.>`,
        `$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.${STREAMS.run}.>`,
      ],
      description: 'Messages that the server or a worker gave up',
      discard: DiscardPolicy.Old,
      max_bytes: ADVISORY_BYTES,
      max_age: nanos(7 * DAY_MS),
    },
  ];
  const buckets = [
    bucket(BUCKETS.revisions),
    bucket(BUCKETS.active),
    bucket(BUCKETS.variables),
    bucket(BUCKETS.egress),
    bucket(BUCKETS.connections),
    bucket(BUCKETS.watermarks),
    bucket(BUCKETS.breakers),
    bucket(BUCKETS.positions),
    { ...bucket(BUCKETS.cancels), max_age: nanos(CANCEL_WINDOW_MS) },
    bucket(BUCKETS.xrefs),
    bucket(BUCKETS.statuses),
    objectStore(BLOB_BUCKET),
  ];
  return [...streams, ...buckets].map((spec) => ({ storage: StorageType.File, num_replicas: replicas, ...spec }));
}

/** The stream behind a key-value bucket, as ADR-8 lays it out. */
function bucket(name: string): StreamSpec {
  return {
    name: `KV_${name}`,
    subjects: [`$KV.${name}.>`],
    discard: DiscardPolicy.New,
    max_msgs_per_subject: 1,
    allow_rollup_hdrs: true,
    allow_direct: true,
    deny_delete: true,
  };
}

/** The stream behind an object store, as ADR-20 lays it out. */
function objectStore(name: string): StreamSpec {
  return {
    name: `OBJ_${name}`,
    subjects: [`$O.${name}.C.>`, `$O.${name}.M.>`],
    discard: DiscardPolicy.New,
    allow_rollup_hdrs: true,
    allow_direct: true,
  };
}
