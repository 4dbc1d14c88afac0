import type { OpenConnection } from './define-connection-type.ts';

/** What `$meta` holds in a mapping. `receivedAt` is RFC 3339 UTC; `attempt` starts at 1. */
export interface RunMeta {
  readonly executionId: string;
  readonly flowId: string;
  readonly revision: number;
  readonly env: string;
  readonly nodeId: string;
  readonly attempt: number;
  readonly receivedAt: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Behind `each` of a split: which element this is, from 0. */
  readonly item?: { readonly index: number; readonly count: number };
  /** Business keys of the execution. */
  readonly key: Readonly<Record<string, readonly string[]>>;
}

/** An outgoing HTTP call through the egress guard. `body` is sent as it is. */
export interface HttpCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
  /** Largest answer taken, decoded; over it the call fails with `DATA_RESULT_TOO_LARGE`. */
  readonly maxBytes: number;
  /** Of a call with a connection. */
  readonly secrets?: BoundSecrets;
}

/**
 * What a connection adds to a call, for its hosts alone: a call to another one, a redirected one too, ends with `CONFIG_CONNECTION_HOST`. Where
 * the answer quotes one of `values`, dots stand for it.
 */
export interface BoundSecrets {
  /** The connection's name, for errors. */
  readonly connection: string;
  /** Origins. */
  readonly hosts: readonly string[];
  /** Win over the call's own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Texts that must not come back. */
  readonly values: readonly string[];
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; repeated ones joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * Calls out; throws `CONFIG_EGRESS_BLOCKED`, `CONFIG_CONNECTION_HOST`, `REMOTE_UNAVAILABLE`, `REMOTE_TIMEOUT` or `DATA_RESULT_TOO_LARGE`. Details hold
 * `reached: false` where nothing of the call was sent.
 */
export type HttpPort = (call: HttpCall) => Promise<HttpAnswer>;

/** A body that is not JSON, as it appears in payloads. */
export interface BlobRef {
  readonly $blob: {
    readonly ref: string;
    readonly contentType: string;
    readonly size: number;
    readonly sha256: string;
  };
  /** For text types. */
  readonly text?: string;
}

/** Where bytes too large or not JSON rest. */
export interface BlobPort {
  put(bytes: Uint8Array, contentType: string): Promise<BlobRef['$blob']>;
  get(ref: string): Promise<Uint8Array>;
}

/** A CloudEvent (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md) in JSON form. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  /** RFC 3339. */
  readonly time: string;
  readonly datacontenttype?: string;
  readonly data?: unknown;
  /** Extension attributes. */
  readonly [extension: string]: unknown;
}

/** Events of the environment's orders; throws `SYSTEM_BUS_…` when the bus stays away. */
export interface EmitPort {
  /** Stores the event once by its id; `key` (an order's) says which events belong together. */
  emit(key: string, event: CloudEvent): Promise<void>;
}

/** Messages for others on the NATS that Crossdock runs on; throws `CONFIG_INVALID` for a subject of Crossdock's own, `SYSTEM_BUS_…`. */
export interface MessagePort {
  /** With `confirm` a JetStream stream must store it, once by `id` within the stream's window; throws `REMOTE_REJECTED` when none takes it. */
  publish(message: {
    readonly subject: string;
    readonly payload: unknown;
    readonly headers: Readonly<Record<string, string>>;
    readonly id: string;
    readonly confirm: boolean;
  }): Promise<{ readonly stream?: string; readonly seq?: number }>;
}

/** What a node says of an id that is to be linked. */
export interface XrefId {
  readonly system: string;
  readonly id: string;
  /** What the thing is called there. */
  readonly name?: string;
}

/** Cross-references of the environment, as this node of this execution changes them; throws `SYSTEM_BUS_…`. */
export interface XrefPort {
  /**
   * Reserves making the id of a thing in a system for `holdMs`, again for the same node of the same execution. `recordId` is the same for all who ever
   * reserve it. Gives the ids where there are some, and who else holds it until when (milliseconds since 1970).
   */
  reserve(wanted: {
    readonly entity: string;
    readonly from: XrefId;
    readonly toSystem: string;
    readonly holdMs: number;
  }): Promise<
    | { readonly kind: 'reserved'; readonly recordId: string; readonly until: number }
    | { readonly kind: 'held'; readonly recordId: string; readonly until: number }
    | { readonly kind: 'linked'; readonly recordId: string; readonly ids: readonly string[] }
  >;
  /** Makes these ids one thing, which ends what is reserved for them. Throws `DATA_XREF_CONFLICT`. */
  link(wanted: {
    readonly entity: string;
    readonly ids: readonly XrefId[];
    readonly several: boolean;
  }): Promise<{ readonly recordId: string }>;
  /** Gives back what this execution has reserved; false where that is nothing. */
  release(wanted: { readonly entity: string; readonly from: XrefId; readonly toSystem: string }): Promise<boolean>;
}

/** What the statuses of systems mean in the environment. */
export interface StatusPort {
  /** The type of the canonical event, null for none, and the version of the map; undefined where nobody has mapped the status. */
  find(query: {
    readonly system: string;
    readonly document: string;
    readonly status: string;
  }): { readonly event: string | null; readonly version: number } | undefined;
}

/** An answer for the caller who waits at the trigger. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What a node's runner gets. `config` arrives with its expressions evaluated, checked against the manifest's schema. */
export interface RunContext<Config = Record<string, unknown>, Out extends string = string> {
  readonly config: Config;
  readonly meta: RunMeta;
  /** Same for every attempt, worker and replay "with same keys" of this node in this execution. */
  readonly idempotencyKey: string;
  /** W3C Trace Context for the calls of this attempt: send it as the header `traceparent`. */
  readonly traceparent: string;
  /** Aborts when the attempt times out, the execution is cancelled or the lease is lost. */
  readonly signal: AbortSignal;
  /** Evaluates a mapping on `input` with `$trigger`, `$nodes`, `$vars`, `$meta` bound; throws `DATA_MAPPING`. */
  evaluate(source: string, input: unknown): Promise<unknown>;
  /** Hands `payload` on by a handle. A node that emits nothing ends its branch. */
  emit(handle: Out, payload: unknown): void;
  /** Answers the caller waiting at the trigger; a no-op when nobody waits. */
  reply(reply: Reply): Promise<void>;
  readonly http: HttpPort;
  /**
   * The connection that the node names, opened for this attempt; undefined when it names none. Throws `CONFIG_CONNECTION_MISSING`,
   * `CONFIG_CONNECTION_TYPE` or `CONFIG_CREDENTIALS_UNREADABLE`.
   */
  connection(): Promise<OpenConnection | undefined>;
  readonly blobs: BlobPort;
  readonly events: EmitPort;
  readonly messages: MessagePort;
  readonly xrefs: XrefPort;
  readonly statuses: StatusPort;
}

/** Runs one attempt of one node. Throws `FlowError`s; anything else becomes `SYSTEM_UNEXPECTED`. */
export type NodeRunner<Config = Record<string, unknown>, Out extends string = string> = (
  input: unknown,
  context: RunContext<Config, Out>,
) => Promise<void>;
