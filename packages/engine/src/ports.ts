import type {
  BlobPort,
  CloudEvent,
  HttpPort,
  MessagePort,
  NodeRunner,
  OpenConnection,
  Reply,
  StatusPort,
  XrefPort,
} from '@crossdock/connector-sdk';
import type { Flow, NodeManifest, RateLimit } from '@crossdock/flow-model';
import type { CrossReferenceQuery } from '@crossdock/mapping';
import type {
  ChildEnd,
  Command,
  DeadLetterRecord,
  JournalSnapshot,
  LaneRecord,
  ParentRef,
  TraceRecord,
  TriggerRecord,
} from './records.ts';

/** Names an execution's place on the bus. */
export interface ExecutionAddress {
  env: string;
  flowId: string;
  executionId: string;
}

/**
 * The right and duty to carry an execution on: an unacked message. Acks are hints, the journal decides.
 * The engine reads nothing of the bus but this.
 */
export interface Lease {
  readonly kind: 'trigger' | 'timer' | 'command';
  readonly address: ExecutionAddress;
  /** The token the journal must show for a timer or command to act; a trigger's is its execution id. */
  readonly token: string;
  /** First is 1. */
  readonly deliveryCount: number;
  /** When this process got it, by its clock; 0 where it may have lain here for long before. */
  readonly heldSince: number;
  /** Stream sequence of the trigger on `EVT` (for other kinds: as the journal says). */
  readonly triggerSeq?: number;
  /** The trigger's lane, where the flow keeps order; executions of one lane run one after the other. */
  readonly lane?: string;
  /** The consumer's watermark is past this trigger: it was done before, whether or not the journal still knows. */
  readonly isOld?: boolean;
  /** What is asked, for kind `command`. */
  readonly command?: Command;
  /** The trigger, for kind `trigger`. A payload that rests in a blob stays there: reading it may be what kills a worker. */
  trigger?(): Promise<TriggerRecord>;
  /** Tells the bus that work goes on (`+WPI`). */
  working(): void;
  /** Tells the bus that this lease only waits, so that others may be delivered meanwhile; false when it goes on. */
  idle?(isIdle: boolean): void;
  /** The lease is no longer needed. */
  ack(): void;
  /** Give it back, to be delivered again after about `delayMs`. Only for our own trouble, never for retries. */
  release(delayMs: number): void;
}

/** Snapshots by compare-and-swap. Reads ask the stream's leader. */
export interface JournalPort {
  read(address: ExecutionAddress): Promise<{ snapshot: JournalSnapshot; version: number } | undefined>;
  /**
   * Writes when the journal still stands at `expectedVersion` (0 = nothing there) and gives the new version. Retries what is unclear
   * (lost acks, 10164) and compares the writer token. Throws `SYSTEM_LEASE_LOST` when another writer was first,
   * `SYSTEM_BUS_UNAVAILABLE` when the bus stays away.
   */
  write(snapshot: JournalSnapshot, expectedVersion: number): Promise<number>;
}

/** A lane's place on the bus. */
export interface LaneAddress {
  env: string;
  flowId: string;
  lane: string;
}

/** A trigger that stands in a lane. */
export interface QueuedTrigger {
  executionId: string;
  /** Its sequence on `EVT`. */
  seq: number;
  trigger(): Promise<TriggerRecord>;
}

/** Order per key: who is at the head of a lane. Reads ask the stream's leader. */
export interface LanePort {
  read(lane: LaneAddress): Promise<{ record: LaneRecord; version: number } | undefined>;
  /** Compare-and-swap like `JournalPort.write`, settled by the record's token; undefined when another was first. */
  claim(lane: LaneAddress, record: LaneRecord, expectedVersion: number): Promise<number | undefined>;
  /** The lane's first trigger after this sequence. */
  next(lane: LaneAddress, afterSeq: number): Promise<QueuedTrigger | undefined>;
}

/** Executions started by executions. */
export interface ChildPort {
  /** Stores the child's trigger unless it is there: idempotent by its execution id. */
  start(child: TriggerRecord): Promise<void>;
  /** Records once how a child ended, then rings the parent (a `bell`): at least once after the last of many, maybe before. Told again, it rings again. */
  ended(parent: ParentRef, end: ChildEnd): Promise<void>;
  /** How many of an entry's children have ended; a leader's answer. */
  countEnds(parent: ParentOf): Promise<number>;
  readEnds(parent: ParentOf): Promise<ChildEnd[]>;
}

export type ParentOf = Omit<ParentRef, 'index' | 'count'>;

/** Events that executions emit and wait for. */
export interface EventPort {
  /** Stores `resting`, where masked values are sealed, instead of the event; source and id of the event say which it is. */
  emit(env: string, key: string, event: CloudEvent, resting?: CloudEvent): Promise<void>;
  /** The oldest event with this key (and type) that was stored since `since` (RFC 3339). */
  find(query: { env: string; key: string; eventType?: string; since: string }): Promise<CloudEvent | undefined>;
  /** Asks to be rung for events with this key until `until`; again changes nothing. An event stored before is not rung for. */
  expect(address: ExecutionAddress, query: { key: string; until: string }): Promise<void>;
}

export interface CommandPort {
  send(address: ExecutionAddress, command: Command): Promise<void>;
}

/** Wishes to cancel, heard by every worker at once; the command that follows makes them durable. */
export interface CancelPort {
  want(executionId: string, by: string): Promise<void>;
  /** Who asked, when someone did. */
  wanted(executionId: string): string | undefined;
  /** Calls back when someone asks; gives the function that ends it. */
  onWanted(executionId: string, listener: (by: string) => void): () => void;
}

/** One circuit breaker as all workers see it. `until` is in milliseconds since 1970. */
export interface BreakerState {
  state: 'closed' | 'open' | 'half-open';
  /** `open`: no calls before. `half-open`: the probe has until then. */
  until: number;
  /** How often in a row it opened. */
  opens: number;
}

/** What workers share about remotes. */
export interface GuardPort {
  /** From a watch, so it may be behind; version 0 = never written. */
  breaker(scope: string): { value: BreakerState; version: number } | undefined;
  /** Compare-and-swap; false when another was first, or the bus is away. */
  setBreaker(scope: string, next: BreakerState, expectedVersion: number): Promise<boolean>;
  /** Takes up to `wanted` of the `limit` permits of a window; gives how many. Windows are told apart by their start. */
  takePermits(scope: string, window: { startMs: number; limit: number; wanted: number }): Promise<number>;
}

/** Durable timers: one per execution, arming again replaces. The fired timer comes back as a lease with this token. */
export interface TimerPort {
  arm(address: ExecutionAddress, timer: { token: string; dueAt: string }): Promise<void>;
}

/** Payloads for the trace: best effort, never waits for the bus. */
export interface TracePort {
  record(record: TraceRecord): void;
}

export interface DeadLetterPort {
  /** Idempotent by execution id and time of failure. */
  put(record: DeadLetterRecord): Promise<void>;
}

/** Answers the ingress that waits for an execution. Best effort: it times out by itself. */
export interface ReplyPort {
  reply(replyTo: string, reply: Reply | { ended: JournalSnapshot['status'] }): void;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`, rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls after `ms`; gives the function that takes it back. */
  after(ms: number, call: () => void): () => void;
}

/** Who changes cross-references. */
export interface XrefActor {
  executionId: string;
  /** The same for every attempt of one node, and replays "with same keys". */
  holder: string;
  /** The same for all nodes of an execution, and replays "with same keys". */
  owner: string;
}

/** Which ids of systems name one thing. */
export interface CrossReferencePort {
  /** The ids in the wanted system; may be a few seconds old where there are some. Throws `SYSTEM_BUS_…`. */
  find(env: string, query: CrossReferenceQuery): Promise<readonly string[]>;
  /** What a node of an execution may change. */
  of(env: string, actor: XrefActor): XrefPort;
}

/** Connections of an environment, opened in memory for one attempt. */
export interface ConnectionPort {
  /** Throws `CONFIG_CONNECTION_MISSING`, `CONFIG_CONNECTION_TYPE` for one of none of `types`, `CONFIG_CREDENTIALS_UNREADABLE`. */
  open(env: string, name: string, types: readonly string[]): Promise<OpenConnection>;
  /** Attempts that nodes may make with it, where the node does not say; none where there is no such connection. */
  limitOf?(env: string, name: string): RateLimit | undefined;
}

export interface FlowSource {
  revision(flowId: string, revision: number): Promise<Flow | undefined>;
  variables(env: string): Record<string, unknown>;
  /** The revision that is active in an environment. */
  deployed(env: string, flowId: string): number | undefined;
}

/**
 * Whose payload it is. With `executionId` the port remembers the masked values seen in that execution; where they are too many to be looked for,
 * it takes every value of the execution for one of them.
 */
export interface SealContext {
  env: string;
  executionId?: string;
}

/** Seals masked values before a payload rests anywhere and opens them in memory. */
export interface SealPort {
  /** Gives a copy with every value that `mask` names, or that equals a masked one seen in this execution, sealed. */
  seal(payload: unknown, context: SealContext & { mask: readonly string[] }): unknown;
  open(payload: unknown, context: SealContext): unknown;
  /** The masked values seen in this execution, sealed, undefined when there are none; opened for another one they are remembered there. */
  met(context: SealContext): unknown;
  /** Gives a copy with dots wherever a masked value stands that was seen in this execution: for errors, whose codes stay, and other words. */
  redact<T>(value: T, context: SealContext): T;
  /** What is seen in this execution is not forgotten, however much else is seen, until what it gives is called: while the execution is carried. */
  hold(executionId: string): () => void;
}

export interface EnginePorts {
  journal: JournalPort;
  timers: TimerPort;
  trace: TracePort;
  deadLetters: DeadLetterPort;
  replies: ReplyPort;
  lanes: LanePort;
  children: ChildPort;
  events: EventPort;
  commands: CommandPort;
  cancels: CancelPort;
  guards: GuardPort;
  messages(env: string): MessagePort;
  xrefs: CrossReferencePort;
  /** From a watch, so it may be behind. */
  statuses(env: string): StatusPort;
  blobs: BlobPort;
  http(env: string): HttpPort;
  connections: ConnectionPort;
  clock: Clock;
  flows: FlowSource;
  seal: SealPort;
  manifests: ReadonlyMap<string, NodeManifest>;
  runners: ReadonlyMap<string, NodeRunner>;
  /** Fresh, unique tokens and span ids. */
  newToken(): string;
  /** In [0, 1); for jitter only. */
  random(): number;
}
