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
  /** Size of what `payloadBlob` names, in bytes of JSON. */
  payloadBytes?: number;
  /** Core NATS subject on which the ingress waits for the `respond` node. */
  replyTo?: string;
  replayOf?: string;
  /** Who started this execution and waits for it: a split or a call. */
  parent?: ParentRef;
  /** Which element of a split this execution is. */
  item?: { index: number; count: number };
  /** Stands for the execution id in idempotency keys: a replay with the same keys names the first execution. */
  keyBase?: string;
  /** How many flows called one another to come here. */
  hops?: number;
  /** Masked values that whoever started this execution had met, sealed: they are to be sealed here wherever they turn up. */
  masked?: RestingValue;
  /** Where a replay from inside the flow begins. */
  seed?: ReplaySeed;
  /** Why what came in cannot run: the execution fails with it at once, and keeps what came in for people and replays. */
  refused?: ErrorJson;
}

/** The entry of an execution that waits for a child. */
export interface ParentRef {
  env: string;
  flowId: string;
  executionId: string;
  nodeId: string;
  iteration: number;
  /** Which of its children, from 0. */
  index: number;
  /** How many there are. */
  count: number;
}

/** How a child ended: what its parent goes on with. */
export interface ChildEnd {
  index: number;
  executionId: string;
  status: ExecutionStatus;
  /** The answer or last payload, masked values sealed. */
  result: RestingValue;
  error?: ErrorJson;
}

/** A value as it rests: small inline, large in a blob; masked places sealed. */
export type RestingValue = { value: unknown } | { blob: string };

/** What a replay from a node starts with, taken from the execution it replays. */
export type ReplaySeed = Pick<
  JournalSnapshot,
  'frontier' | 'outputs' | 'nodeOutputs' | 'effects' | 'splits' | 'joined'
>;

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
  /** Which arrival at this node, from 0; missing for the first. */
  iteration?: number;
  /** The node whose effect this one undoes. */
  undoes?: string;
  /** Behind `each` of a split inside the execution: which element this is, from 0. */
  item?: { index: number; count: number };
  /** Who said how the call ended, where nobody knew. */
  decidedBy?: string;
  /** The other system that an effect called: `connection:<name>` or `host:<host>`. */
  remote?: string;
  /** What held this attempt up before it began, and for how long. */
  held?: { by: HoldReason; ms: number };
}

/** Why a call is held up: its system's breaker, its rate, or the flow's share of the workers. */
export type HoldReason = 'breaker' | 'rate-limit' | 'share';

/** A payload that waits for a node. */
export interface FrontierEntry {
  nodeId: string;
  inputRef: string;
  /** The node that its payload came from, in a replay: the span that says so belongs to the execution that is replayed. */
  source?: string;
  /** Which arrival at this node, from 0: part of the idempotency key. */
  iteration: number;
  /** Attempts already made. */
  attempts: number;
  /** For a durable retry: not before (RFC 3339). */
  dueAt?: string;
  /** How often in a row it was put off because its node held its share of the slots. */
  deferrals?: number;
  /** The element of a split inside this execution that it belongs to: a key of `splits` and an index. */
  item?: { split: string; index: number };
  /** What it waits for besides a due time; the node goes on, not begins, when it comes. */
  wait?: EntryWait;
  /** A call that cannot be repeated began and its outcome is not recorded. */
  intent?: { attempt: number; at: string };
  /** Undoes this effect of the saga log: `nodeId` is the compensating node. */
  undoes?: { nodeId: string; iteration: number };
  /** Its due time has come: a wait or a join stops waiting. */
  timedOut?: true;
  /** Nobody knows whether one of its attempts was done after all. */
  unclear?: true;
  /** What holds its next attempt up until `dueAt`, without counting one. */
  heldBy?: HoldReason;
  /** What held its next attempt up first, and since when. */
  held?: { by: HoldReason; since: string };
}

/** What a waiting entry needs in order to go on. */
export type EntryWait =
  | { kind: 'time' }
  /** `hasCome`: a bell found it there. The key is sealed where it holds a masked value. */
  | { kind: 'event'; key: string; eventType?: string; since: string; hasCome?: true }
  | { kind: 'children'; count: number; hasCome?: true }
  /** Only a person can say how the call ended; `resolved` is what one said. */
  | {
      kind: 'doubt';
      id: string;
      since: string;
      error?: ErrorJson;
      resolved?: { outcome: DoubtOutcome; by: string; outputRef?: string };
    };

/** One effect of the saga log: what a compensating node needs to undo it. */
export interface DoneEffect {
  nodeId: string;
  iteration: number;
  /** The node that undoes it. */
  compensate: string;
  inputRef: string;
  /** Missing when nobody knows whether it was done. */
  outputRef?: string;
}

/** A split whose elements run inside this execution. Its own entry has left the frontier. */
export interface OpenSplit {
  nodeId: string;
  iteration: number;
  /** The element of an outer split that it belongs to. */
  item?: { split: string; index: number };
  inputRef: string;
  /** Span of the split's own run. */
  spanId: string;
  onItemError: 'stop' | 'collect';
  /** Of each element: references of the payloads its branches ended with, or `{error}`. */
  results: { refs: string[]; error?: ErrorJson }[];
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
  trigger: Pick<
    TriggerRecord,
    | 'nodeId'
    | 'receivedAt'
    | 'headers'
    | 'keys'
    | 'payloadBytes'
    | 'replyTo'
    | 'replayOf'
    | 'parent'
    | 'item'
    | 'keyBase'
    | 'hops'
    | 'masked'
  > & {
    seq: number;
    /** Executions of one lane run in the order of their triggers. */
    lane?: string;
  };
  frontier: FrontierEntry[];
  /** Nobody carries it on before a timer, an event, a child or a person does. */
  asleep?: true;
  /** When the timer with token `lease` fires. */
  wakeAt?: string;
  /** Node outputs still needed, by payload reference; large ones spill to a blob. Empty in terminal records of success. */
  outputs: Record<string, RestingValue>;
  /** Latest output reference of each node, for `$nodes.<id>`. */
  nodeOutputs: Record<string, string>;
  /** The saga log: effects that a compensating node can undo, in the order in which they were done. */
  effects?: DoneEffect[];
  /** Splits under way inside this execution, by `<nodeId>.<iteration>`. */
  splits?: Record<string, OpenSplit>;
  /** References of the payloads that branches ended with, where someone waits for the result. */
  ends?: string[];
  /** What a child's parent gets, in its terminal record. */
  result?: RestingValue;
  /** Joins that have gone on, by `<nodeId>.<round>` and element: what arrives later is dropped. */
  joined?: string[];
  /** Time that a person took to decide, which does not count against the flow's time limit. */
  pausedMs?: number;
  /** What was found in cross-references, masked values sealed: the same for the rest of the execution, and after it for who makes a test of it. */
  lookups?: RestingLookup[];
  spans: Span[];
  reply?: Reply;
  error?: ErrorJson & { nodeId?: string };
  startedAt: string;
  endedAt?: string;
}

/** One look-up and what it gave. Where that was nothing, `at` is the arrival at a node that it holds for: others look anew. */
export interface RestingLookup {
  of: [entity: string, system: string, id: string, toSystem: string];
  ids: string[];
  at?: string;
}

/** The head of a lane and who carries it on. */
export interface LaneRecord {
  head: { executionId: string; seq: number };
  /** Token of the lease that claimed the head. */
  via: string;
  /** The head sleeps, and the lane goes on without it. */
  left?: true;
  /** RFC 3339: when it was claimed. */
  at: string;
  /** Unique per write. */
  token: string;
}

/** What a person or another part of the system asks of an execution; it comes as a lease of kind `command`. */
export type Command =
  /** Carry on under the journal's token: a repair. */
  | { type: 'resume' }
  /** Something that it waits for may have come. */
  | { type: 'bell' }
  | { type: 'cancel'; by: string }
  /** Go on with a lane in place of a lease that others may hold too. */
  | { type: 'drain'; lane: string }
  /**
   * How a call in doubt ended: `done` (with what it gave, sealed), `repeat` it, or `fail`. `doubtId` is the wait's: a command that comes
   * again must not decide the next doubt.
   */
  | {
      type: 'resolve';
      by: string;
      nodeId: string;
      iteration: number;
      doubtId: string;
      outcome: DoubtOutcome;
      output?: unknown;
    };

export type DoubtOutcome = 'done' | 'repeat' | 'fail';

/** Payloads on their way to the searchable trace; masked, capped at 256 KiB each. */
export interface TraceRecord {
  executionId: string;
  flowId: string;
  env: string;
  /** By their JSON, which is made once, where the payload is measured; missing where there is no value. `size` is in bytes, before any cut. */
  payloads: { ref: string; json?: string; truncated?: true; size: number }[];
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
