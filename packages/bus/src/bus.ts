import type { BlobPort, CloudEvent, Reply } from '@crossdock/connector-sdk';
import type {
  BusinessKeys,
  CommandPort,
  DeadLetterRecord,
  EventPort,
  JournalSnapshot,
  TraceRecord,
  TriggerRecord,
} from '@crossdock/engine';
import type { Flow } from '@crossdock/flow-model';
import type { XrefRecord } from '@crossdock/xref';
import type { BusBackup } from './backup/bus-backup.ts';
import type { BusHealth } from './health.ts';
import type { ServerVersion } from './set-up.ts';
import type { XrefStore } from './xref/xref-store.ts';

/** The message bus of one installation: everything the data plane needs, over one NATS connection. */
export interface Bus {
  /** Of the nats-server that it was first connected to. */
  readonly server: ServerVersion;
  readonly triggers: TriggerStore;
  readonly registry: Registry;
  readonly blobs: BlobPort;
  readonly executions: ExecutionReader;
  readonly feed: RecordFeed;
  readonly eventFeed: EventFeed;
  readonly eventReaders: EventReaders;
  /** Which ids of systems name one thing. */
  readonly xrefs: XrefStore;
  readonly xrefFeed: Feed<StoredXref>;
  readonly refusals: RefusalPort;
  /** Asks executions for something; see `Command`. */
  readonly commands: CommandPort;
  /** Tells every worker that an execution is to be cancelled, for 24 h; to be followed by the command `cancel`. */
  readonly cancels: { want(executionId: string, by: string): Promise<void> };
  /** Events for whoever waits for them, from outside of any execution. */
  readonly events: Pick<EventPort, 'emit'>;
  readonly ticks: TickStore;
  readonly positions: PositionStore;
  readonly inbound: InboundMessages;
  /** All of it, for a backup. */
  readonly backup: BusBackup;
  readonly health: BusHealth;
  /** Connection up and JetStream answering; rejects with `SYSTEM_BUS_UNAVAILABLE`. Gives the server's version. */
  check(): Promise<{ version: string; rttMs: number }>;
  /** Flushes and closes the connection. */
  close(): Promise<void>;
}

/** A trigger to be accepted, before it has an execution id. Payload masked values are sealed already. */
export interface NewTrigger {
  flowId: string;
  revision: number;
  env: string;
  nodeId: string;
  receivedAt: string;
  headers: Record<string, string>;
  keys: BusinessKeys;
  /** A value, or JSON that is written by now (`WrittenJson`). */
  payload: unknown;
  /** Same key within 24 h = same execution. */
  dedupeKey?: string;
  /** Same value at the same node within 24 h = same execution, whatever the dedupe key says then; see `dedupeKeyOf`. */
  once?: string;
  orderingKey?: string;
  /** The lane itself, for a replay: of the ordering key only this is kept. */
  lane?: string;
  /** Wait for the `respond` node's answer for so long. */
  replyWithinMs?: number;
  replayOf?: string;
  /** Given for what must be one execution however often it is accepted, such as the tick of a schedule; see `childExecutionId`. */
  executionId?: string;
  keyBase?: TriggerRecord['keyBase'];
  seed?: TriggerRecord['seed'];
  item?: TriggerRecord['item'];
  masked?: TriggerRecord['masked'];
  refused?: TriggerRecord['refused'];
}

/** One schedule trigger of an active deployment. */
export interface ScheduleAddress {
  env: string;
  flowId: string;
  nodeId: string;
}

/** The last tick of each schedule: whoever advances it by compare-and-swap starts the execution, and all may start that of the last tick again. */
export interface TickStore {
  /** `tick` is RFC 3339; asked of the leader. */
  last(schedule: ScheduleAddress): Promise<{ tick: string; version: number } | undefined>;
  /** False when another was first. Expected version 0 = no tick yet. */
  advance(schedule: ScheduleAddress, tick: string, expectedVersion: number): Promise<boolean>;
}

export interface PositionRecord<Value> {
  value: Value;
  /** What the next writer expects. */
  version: number;
}

/** Whose turn it is to look for what changed. Times are milliseconds since 1970. */
export interface PollTurn {
  /** Nobody else looks before; while one is looking, not for a hint either. */
  until: number;
  isLooking: boolean;
}

/** How far a trigger has looked. */
export interface PollPosition {
  /** As its poller wrote it; undefined where looking has ended. */
  position?: unknown;
  /** Why looking has ended, and when (RFC 3339): a later deployment begins anew. */
  ended?: { reason: string; at: string };
}

/**
 * Turns and positions of the triggers that ask a system for what has changed; asked of the leader. Swaps give the new version, or undefined when
 * another was first; expected version 0 = nothing there. Throw `SYSTEM_BUS_…`.
 */
export interface PositionStore {
  turn(trigger: ScheduleAddress): Promise<PositionRecord<PollTurn> | undefined>;
  swapTurn(trigger: ScheduleAddress, turn: PollTurn, expectedVersion: number): Promise<number | undefined>;
  position(trigger: ScheduleAddress): Promise<PositionRecord<PollPosition> | undefined>;
  swapPosition(trigger: ScheduleAddress, position: PollPosition, expectedVersion: number): Promise<number | undefined>;
  /** Tells every process that there may be something to see; best effort. */
  hint(trigger: ScheduleAddress): void;
  /** Gives the function that ends it. */
  onHint(trigger: ScheduleAddress, listener: () => void): () => void;
}

/** A message of another system on the NATS that Crossdock runs on. */
export interface InboundMessage {
  subject: string;
  headers: Record<string, string>;
  data: Uint8Array;
  /** Same for every delivery of a message that a stream keeps. */
  id?: string;
  /** Answers who asked, if anyone did. */
  respond(data: string): void;
}

export interface InboundMessages {
  /**
   * Hears a subject for one trigger. With `stream` a durable consumer of that stream delivers each message until `handle` resolves, over all
   * processes once at a time; without, a core NATS queue subscription delivers it once, and what comes while nobody listens is lost.
   * Throws `CONFIG_INVALID` for subjects of Crossdock's own and for streams that do not exist. Stop drains.
   */
  subscribe(
    source: ScheduleAddress & { subject: string; stream?: string },
    handle: (message: InboundMessage) => Promise<void>,
  ): Promise<{ stop(): Promise<void> }>;
}

export interface Acceptance {
  executionId: string;
  /** True when the dedupe key was seen before: the id is the first execution's. */
  duplicate: boolean;
  /** With `replyWithinMs`: the answer, or undefined when none came in time. `ended`: the execution ended without one. */
  reply?: Reply | { ended: JournalSnapshot['status'] };
}

export interface TriggerStore {
  /** Durably stores the trigger. Throws `SYSTEM_BUS_UNAVAILABLE` (timeouts, no quorum) or `SYSTEM_BUS_FULL`. */
  accept(trigger: NewTrigger): Promise<Acceptance>;
}

/** An active deployment as workers and ingress see it. */
export interface ActiveDeployment {
  deploymentId: string;
  env: string;
  flowId: string;
  revision: number;
  deployedAt: string;
}

/** Revisions, deployments and variables in JetStream KV: written by the API, watched by ingress and workers. */
/** Credentials as they rest: each field sealed with a data key, the data key with the key-encryption key of this id. All in base64. */
export interface SealedCredentials {
  readonly keyId: string;
  readonly wrappedKey: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A connection as the data plane knows it. */
export interface PublishedConnection {
  readonly id: string;
  readonly env: string;
  readonly name: string;
  readonly type: string;
  /** Counts up with each change. */
  readonly version: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly sealed: SealedCredentials | null;
}

/** What statuses mean, by system. */
export type PublishedStatusMaps = Readonly<Record<string, PublishedStatusMap>>;

export interface PublishedStatusMap {
  /** Counts up with each change. */
  readonly version: number;
  readonly entries: readonly { readonly document: string; readonly status: string; readonly event: string | null }[];
}

export interface Registry {
  putRevision(flowId: string, revision: number, flow: Flow): Promise<void>;
  /** Cached for good once read: revisions never change. */
  getRevision(flowId: string, revision: number): Promise<Flow | undefined>;
  activate(deployment: ActiveDeployment): Promise<void>;
  deactivate(env: string, flowId: string): Promise<void>;
  /** The current view, kept fresh by a watch; consistent within 1 s of a change. */
  deployments(): readonly ActiveDeployment[];
  onDeployments(listener: (deployments: readonly ActiveDeployment[]) => void): () => void;
  putVariables(env: string, variables: Record<string, unknown>): Promise<void>;
  /** Of an environment that is no more. */
  removeVariables(env: string): Promise<void>;
  variables(env: string): Record<string, unknown>;
  putEgress(env: string, allow: readonly string[]): Promise<void>;
  /** The private hosts that an environment may call; the same list until it changes. */
  egress(env: string): readonly string[];
  putStatusMaps(env: string, maps: PublishedStatusMaps): Promise<void>;
  /** Those that somebody has changed in an environment, by system. */
  statusMaps(env: string): PublishedStatusMaps;
  putConnection(connection: PublishedConnection): Promise<void>;
  deleteConnection(env: string, name: string): Promise<void>;
  /** From the watch, as deployments are. */
  connection(env: string, name: string): PublishedConnection | undefined;
  connections(): readonly PublishedConnection[];
  onConnections(listener: () => void): () => void;
}

export interface ExecutionReader {
  /** The journal's leader is asked; undefined before the first record and after the terminal record's TTL. */
  read(executionId: string): Promise<JournalSnapshot | undefined>;
  /** The trigger as stored, with its lane where its flow keeps order, while `EVT` keeps it. */
  trigger(seq: number): Promise<(TriggerRecord & { lane?: string }) | undefined>;
  /** The execution at the head of this trigger's lane, which has to end before this one begins; undefined where it waits for none. */
  ahead(seq: number): Promise<string | undefined>;
}

/** How many requests one process refused at one hook, for one reason, within one minute so far. Told again as the count grows. */
export interface RefusalCount {
  /** Of the process that counts. */
  source: string;
  /** When the minute begins; milliseconds since 1970. */
  minute: number;
  env: string;
  flowId: string;
  nodeId: string;
  reason: string;
  count: number;
}

/** The ingress' side of what it refused. */
export interface RefusalPort {
  /** Rejects when the bus did not take it. */
  tell(counts: readonly RefusalCount[]): Promise<void>;
}

export type FeedRecord =
  /** `written` is the payload's JSON as it stands on the bus: whoever only keeps it need not read it. */
  | { kind: 'trigger'; seq: number; record: TriggerRecord; written?: Uint8Array }
  | { kind: 'journal'; seq: number; record: JournalSnapshot }
  | { kind: 'trace'; seq: number; record: TraceRecord }
  | { kind: 'dead-letter'; seq: number; record: DeadLetterRecord }
  | { kind: 'refusal'; seq: number; record: RefusalCount };

/** An event of an order as it rests: masked values are sealed, whichever of its fields they are. */
export interface StoredEvent {
  seq: number;
  env: string;
  /** Hash of the key that it was emitted with. */
  keyHash: string;
  /** Hash of its source and id. */
  idHash: string;
  storedAt: Date;
  event: CloudEvent;
}

/** A record of cross-references as it was written. */
export interface StoredXref {
  env: string;
  /** Counts up with each write of the record. */
  rev: number;
  storedAt: Date;
  record: XrefRecord;
}

/** The projector's side. */
export interface Feed<R> {
  /**
   * Calls `handle` with batches (≤ `maxBatch`, gathered ≤ `maxWaitMs`), one at a time, and acks a batch when it resolves.
   * When it rejects, the batch comes again. The stop function waits for the batch in hand.
   */
  consume(
    options: { maxBatch: number; maxWaitMs: number },
    handle: (batch: R[]) => Promise<void>,
  ): Promise<() => Promise<void>>;
}

export type RecordFeed = Feed<FeedRecord>;
export interface EventFeed extends Feed<StoredEvent> {
  /**
   * Everything that was stored before this instant has been handled and acked. The present while nothing is left; what rules say of orders at a
   * later time could be wrong by what is still on its way. Throws `SYSTEM_BUS_…`.
   */
  heardUntil(): Promise<Date>;
}

/** Somebody who reads the events of an environment, at a pace of its own. */
export interface EventReader {
  /** Names its durable consumer; unique on the stream. */
  readonly name: string;
  readonly env: string;
  /** Events handled at once. With more than one, only one process at a time may read. */
  readonly atOnce: number;
  /** One whose consumer has to be made begins with what was stored since. */
  readonly since: Date;
  /** The server forgets the place of one that nobody has read for so long, in milliseconds; never when left out. */
  readonly idleMs?: number;
}

/** All throw `SYSTEM_BUS_…`. */
export interface EventReaders {
  /**
   * Gives each event at least once to `handle`, those of one key one after the other as they were stored, where it stood before. What
   * `handle` rejects comes again until it does not, and holds up its key alone. Stop aborts the signal and waits for what is in hand.
   */
  read(
    reader: EventReader,
    handle: (event: StoredEvent, signal: AbortSignal) => Promise<void>,
  ): Promise<{ stop(): Promise<void> }>;
  /** How many events are not done yet; undefined where nobody has read by this name. */
  waiting(name: string): Promise<number | undefined>;
  /** Begins anew at its `since`; to be called while nobody reads by its name. */
  rewind(reader: EventReader): Promise<void>;
  remove(name: string): Promise<void>;
}
