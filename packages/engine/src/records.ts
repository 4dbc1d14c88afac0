import type { Reply } from '@crossdock/connector-sdk';
import type { ErrorJson } from '@crossdock/errors';

/** Business keys of an execution: name → values. A value of a masked field is a keyed token, never clear. */
export type BusinessKeys = Record<string, string[]>;

export type ExecutionStatus =
  | 'running'
  | 'waiting'
  | 'in-doubt'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'compensating'
  | 'compensated'
  | 'compensation-failed';

export const TERMINAL_STATUSES = [
  'succeeded',
  'failed',
  'cancelled',
  'compensated',
  'compensation-failed',
] as const satisfies readonly ExecutionStatus[];

/** A trigger as it rests on `EVT`: an execution exists from the moment this is durably stored. */
export interface TriggerRecord {
  executionId: string;
  flowId: string;
  revision: number;
  env: string;
  /** The trigger node. */
  nodeId: string;
  /** RFC 3339 UTC with milliseconds. */
  receivedAt: string;
  headers: Record<string, string>;
  keys: BusinessKeys;
  /** The payload as JSON value, masked values sealed; absent when it rests in a blob. */
  payload?: unknown;
  payloadBlob?: string;
  /** Core NATS subject on which the ingress waits for the `respond` node. */
  replyTo?: string;
  replayOf?: string;
}

/** `waiting`: failed and will be tried again; `interrupted`: died with its worker before a record. */
export type SpanStatus = 'running' | 'succeeded' | 'failed' | 'waiting' | 'interrupted' | 'cancelled' | 'simulated';

/** One attempt of one node. Payloads are named by reference and rest in `TRACE`. */
export interface Span {
  spanId: string;
  nodeId: string;
  nodeType: string;
  /** First is 1. */
  attempt: number;
  status: SpanStatus;
  /** RFC 3339 UTC with milliseconds. */
  startedAt: string;
  durationMs: number;
  error?: ErrorJson;
  /** Payload references: `trigger`, or `<spanId>.<handle>` of the span that emitted it. */
  inputRef?: string;
  outputRef?: string;
  /** Ids of the edges its output left by. */
  edges: string[];
  /** When the next attempt is due, for `waiting`. */
  retryAt?: string;
}

/** A payload that waits for a node. */
export interface FrontierEntry {
  nodeId: string;
  inputRef: string;
  /** Which arrival at this node, from 0: part of the idempotency key. */
  iteration: number;
  /** Attempts already made. */
  attempts: number;
  /** For a durable retry: not before (RFC 3339). */
  dueAt?: string;
  /** How often in a row it was put off because its node held its share of the slots. */
  deferrals?: number;
}

/** One snapshot per execution on `JRN`, replaced by compare-and-swap. Terminal ones carry a TTL. */
export interface JournalSnapshot {
  v: 1;
  executionId: string;
  flowId: string;
  revision: number;
  env: string;
  status: ExecutionStatus;
  /** Token of the lease that may carry this execution on. */
  lease: string;
  /** Unique per write: tells a writer whether an unclear write was its own. */
  token: string;
  /** Counts the writes, from 1: the projector ignores older ones. */
  write: number;
  /** Deliveries that began this execution and left no record: see poison. */
  crashes: number;
  /** A redelivery began with this write and has recorded nothing since: the next one counts it as a crash. */
  begun?: true;
  trigger: Pick<TriggerRecord, 'nodeId' | 'receivedAt' | 'headers' | 'keys' | 'replyTo' | 'replayOf'> & { seq: number };
  frontier: FrontierEntry[];
  /** For `waiting`: when the timer with token `lease` fires. */
  wakeAt?: string;
  /** Node outputs still needed, by payload reference; large ones spill to a blob. Empty in terminal records of success. */
  outputs: Record<string, { value: unknown } | { blob: string }>;
  /** Latest output reference of each node, for `$nodes.<id>`. */
  nodeOutputs: Record<string, string>;
  spans: Span[];
  reply?: Reply;
  error?: ErrorJson & { nodeId?: string };
  startedAt: string;
  endedAt?: string;
}

/** Payloads on their way to the searchable trace; masked, capped at 256 KiB each. */
export interface TraceRecord {
  executionId: string;
  flowId: string;
  env: string;
  payloads: { ref: string; value?: unknown; blob?: string; truncated?: true; size: number }[];
}

/** What an execution failed with, kept 30 days with what a replay needs. */
export interface DeadLetterRecord {
  executionId: string;
  flowId: string;
  revision: number;
  env: string;
  nodeId?: string;
  error: ErrorJson;
  attempts: number;
  triggerSeq: number;
  failedAt: string;
}
