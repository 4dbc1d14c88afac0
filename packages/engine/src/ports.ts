import type { BlobPort, HttpPort, NodeRunner, Reply } from '@crossdock/connector-sdk';
import type { Flow, NodeManifest } from '@crossdock/flow-model';
import type { DeadLetterRecord, JournalSnapshot, TraceRecord, TriggerRecord } from './records.ts';

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
  /** Stream sequence of the trigger on `EVT` (for other kinds: as the journal says). */
  readonly triggerSeq?: number;
  /** The trigger, for kind `trigger`; reads the blob where the payload is large. */
  trigger?(): Promise<TriggerRecord>;
  /** Tells the bus that work goes on (`+WPI`). */
  working(): void;
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

/** Durable timers: one per execution, arming again replaces. The fired timer comes back as a lease with this token. */
export interface TimerPort {
  arm(address: ExecutionAddress, timer: { token: string; dueAt: string }): Promise<void>;
}

/** Payloads for the trace: best effort, never waits for the bus. */
export interface TracePort {
  record(record: TraceRecord): void;
}

export interface DeadLetterPort {
  /** Idempotent by execution id and run. */
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
}

export interface FlowSource {
  revision(flowId: string, revision: number): Promise<Flow | undefined>;
  variables(env: string): Record<string, unknown>;
}

/** Whose payload it is. With `executionId` the port remembers the masked values seen in that execution, bounded in number. */
export interface SealContext {
  env: string;
  executionId?: string;
}

/** Seals masked values before a payload rests anywhere and opens them in memory. */
export interface SealPort {
  /** Gives a copy with every value that `mask` names, or that equals a masked one seen in this execution, sealed. */
  seal(payload: unknown, context: SealContext & { mask: readonly string[] }): unknown;
  open(payload: unknown, context: SealContext): unknown;
}

export interface EnginePorts {
  journal: JournalPort;
  timers: TimerPort;
  trace: TracePort;
  deadLetters: DeadLetterPort;
  replies: ReplyPort;
  blobs: BlobPort;
  http(env: string): HttpPort;
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
