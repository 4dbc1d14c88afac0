import type { Answers, FlowTest } from './flow-test.ts';

/** The flow document: what a file `flows/<name>/flow.json`, a draft and a revision hold. Its JSON Schema is `flow.schema.json`. */
export interface Flow {
  formatVersion: 1;
  /** `[a-z0-9-]{1,64}`, never changes: idempotency keys and hooks depend on it. */
  id: string;
  name: string;
  description?: string;
  nodes: FlowNode[];
  edges: FlowEdge[];
  settings?: FlowSettings;
  samples?: Sample[];
  /** What the flow is to do; no part of its meaning. */
  tests?: FlowTest[];
  /** Where things stand on the canvas; no part of the flow's meaning. */
  layout?: Layout;
}

export type OnError = 'stop' | 'continue' | 'branch';

export interface FlowNode {
  /** `[A-Za-z0-9_-]{1,64}`, unique in the flow; part of every idempotency key. */
  id: string;
  type: string;
  typeVersion?: number;
  name?: string;
  description?: string;
  config: Record<string, unknown>;
  /** Name of a connection, resolved per environment. */
  connection?: string;
  retry?: Partial<RetryPolicy>;
  /** For one attempt. */
  timeoutMs?: number;
  onError?: OnError;
  /** Pauses calls to a remote that keeps failing; shared by all workers. */
  breaker?: Partial<BreakerPolicy>;
  /** At most so many calls, over all workers and flows that share the remote. */
  rateLimit?: RateLimit;
  /** Id of the action that undoes this effect when the execution fails or is cancelled later. */
  compensate?: string;
  /** `none`: the target cannot tell a repeated call from a new one. Default: what the node type says. */
  idempotency?: 'keyed' | 'none';
  /** With `idempotency: "none"`, when nobody knows whether a call was done. Default `ask`. */
  onDoubt?: OnDoubt;
}

/** `ask`: a person decides. `retry`: call again. `skip`: take it for done, without an answer. */
export type OnDoubt = 'ask' | 'retry' | 'skip';

/** Opens after `failures` within `windowMs`; stays open for `openMs`, doubled with each failed probe up to `maxOpenMs`. */
export interface BreakerPolicy {
  failures: number;
  windowMs: number;
  openMs: number;
  maxOpenMs: number;
}

/** `limit` calls in any `periodMs`. */
export interface RateLimit {
  limit: number;
  periodMs: number;
}

export interface FlowEdge {
  id: string;
  source: string;
  sourceHandle: string;
  target: string;
  targetHandle: string;
}

/** `maxAttempts` counts every try, the first too. Delays grow by `factor` up to `maxDelayMs`; `jitter` is a share (0.2 = ± 20 %). */
export interface RetryPolicy {
  maxAttempts: number;
  initialDelayMs: number;
  factor: number;
  maxDelayMs: number;
  jitter: number;
}

export interface FlowSettings {
  /** Name → JSONata on the trigger payload; the values are searchable. */
  businessKeys?: Record<string, string>;
  /** JSONata on the trigger payload; the same value within 24 h is the same execution. */
  dedupeKey?: string;
  /** JSONata on the trigger payload; executions with one value run in order. */
  orderingKey?: string;
  /** Whether those behind an execution that waits (a durable retry, a `wait`, a doubt) wait with it or pass it. Default `wait`. */
  orderingBehindWaiting?: 'wait' | 'pass';
  /** Executions at once, over the whole fleet. */
  concurrency?: number;
  /** For a whole execution. */
  timeoutMs?: number;
  /** Paths of names, `*` (any key or index) and `**` (any depth) whose values are sealed wherever what comes in rests; samples are stored as they are. */
  mask?: string[];
  /** What passing tests are for. `publish`: a draft with a test that fails is not published. Default `information`. */
  testsGate?: 'information' | 'publish';
}

export interface Sample {
  name: string;
  payload: unknown;
  headers?: Record<string, string>;
  /** What nodes answer when effects are simulated, such as those recorded in the execution that the sample was made of. */
  answers?: Answers;
}

export interface Layout {
  nodes: Record<string, { x: number; y: number }>;
  groups?: NodeGroup[];
  notes?: Note[];
  /** By node: what its mapping is to make, as the mapper shows it. */
  targets?: Record<string, MappingTarget>;
}

/** An example of what a mapping is to make, or a JSON Schema of it. Nothing is checked against it when the flow runs. */
export type MappingTarget = { example: unknown } | { schema: Record<string, unknown> };

export type LayoutColor = 'grey' | 'blue' | 'green' | 'amber' | 'red' | 'violet';

/** A coloured frame with a title around nodes. A node is in one group at most; ids of nodes that are gone count for nothing. */
export interface NodeGroup {
  id: string;
  title: string;
  color: LayoutColor;
  nodes: string[];
}

/** Words on the canvas; `x` and `y` are the top left corner, all in px. */
export interface Note {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  color: LayoutColor;
  text: string;
}

export const DEFAULT_RETRY: Readonly<RetryPolicy> = {
  maxAttempts: 6,
  initialDelayMs: 500,
  factor: 2,
  maxDelayMs: 3_600_000,
  jitter: 0.2,
};
export const DEFAULT_BREAKER: Readonly<BreakerPolicy> = {
  failures: 5,
  windowMs: 60_000,
  openMs: 10_000,
  maxOpenMs: 300_000,
};
export const DEFAULT_NODE_TIMEOUT_MS = 30_000;
export const DEFAULT_CONCURRENCY = 64;
export const DEFAULT_FLOW_TIMEOUT_MS = 86_400_000;
