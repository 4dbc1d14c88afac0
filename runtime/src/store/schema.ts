import type { AlarmCondition, AlarmNotice, AlarmSeverity, AlarmTarget, ConnectionCheck } from '@crossdock/api-contract';
import type { SealedCredentials } from '@crossdock/bus';
import type { BusinessKeys, DoneEffect, DoubtOutcome, Span } from '@crossdock/engine';
import type { ErrorJson } from '@crossdock/errors';
import type { DiffSummary, Issue } from '@crossdock/flow-model';
import type { ColumnType, Generated } from 'kysely';
import type { OrderTables } from './order-tables.ts';
import type { SubscriptionTables } from './subscription-tables.ts';
import type { XrefTables } from './xref-tables.ts';

/** A column of JSON: read as a value, written as its text, so that both drivers treat arrays alike. */
type Json<T> = ColumnType<T, string, string>;
type JsonOrNull<T> = ColumnType<T | null, string | null, string | null>;
type Time = ColumnType<Date, Date | string, Date | string>;
type TimeOrNull = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

/** One payload of a pack. `bytes` of JSON; null for all that there is, in rows that an earlier version wrote. A payload in a blob has none here. */
export type PackedPayload = [ref: string, bytes: number | null, isTruncated: boolean, blob?: string | null];

/** The tables of the control plane, as Kysely sees them. Better Auth's four keep the column names it expects. */
export interface Tables extends OrderTables, SubscriptionTables, XrefTables {
  flows: {
    flow_id: string;
    name: string;
    description: string;
    /** The bytes of `serialiseFlow`. */
    document: string;
    /** Hash of `document`. */
    etag: string;
    /** Hash of the meaning. */
    hash: string;
    /** Errors in the draft. */
    issues: number;
    node_types: Json<string[]>;
    updated_at: Time;
    updated_by: string;
  };
  revisions: {
    flow_id: string;
    revision: number;
    hash: string;
    document: string;
    message: string;
    author: string;
    created_at: Time;
  };
  environments: {
    name: string;
    title: string;
    tone: 'neutral' | 'amber' | 'red';
    position: Generated<number>;
    /** How long executions stay in the read model. */
    retention_days: Generated<number>;
    payload_days: Generated<number>;
    dead_letter_days: Generated<number>;
  };
  /** What holds for all environments: one row. */
  installation: {
    audit_days: number;
    /** Since when no alarm is sent; null while they are. */
    alarms_paused_at: ColumnType<Date | null, never, Date | null>;
  };
  egress_lists: { env: string; allow: Json<string[]>; updated_at: Time; updated_by: string };
  variables: { env: string; variables: Json<Record<string, unknown>>; updated_at: Time; updated_by: string };
  connections: {
    connection_id: string;
    env: string;
    name: string;
    type: string;
    settings: Json<Record<string, unknown>>;
    /** Null where no credential is set. */
    sealed: JsonOrNull<SealedCredentials>;
    /** Which credentials are set, since when and by whom. */
    credentials: Json<Record<string, { changedAt: string; changedBy: string }>>;
    /** When the credentials end, where the settings say so. */
    expires_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
    /** Of this version. */
    last_check: JsonOrNull<ConnectionCheck>;
    version: number;
    created_at: Time;
    created_by: string;
    updated_at: Time;
    updated_by: string;
  };
  deployments: {
    deployment_id: string;
    env: string;
    flow_id: string;
    revision: number;
    status: 'active' | 'replaced' | 'removed';
    deployed_at: Time;
    deployed_by: string;
    warnings: Json<Issue[]>;
    /** `undeploy`: an entry of the history alone, which tells the end of the revision that it names. */
    action: 'deploy' | 'promote' | 'rollback' | 'undeploy';
    /** The environment that it was promoted from. */
    promoted_from: string | null;
    /** The revision that ran there before, and what differs from it. */
    since: number | null;
    changes: JsonOrNull<DiffSummary>;
    /** The deployment, of another revision, that a rollback goes back to. */
    rolls_back_to: string | null;
    ended_at: ColumnType<Date | null, Date | undefined, Date>;
    ended_by: ColumnType<string | null, string | undefined, string>;
  };
  executions: ExecutionsTable;
  execution_keys: { execution_id: string; name: string; value: string };
  /** All spans of an execution in one row: a snapshot replaces them as a whole. */
  spans: {
    execution_id: string;
    spans: Json<Span[]>;
    /** The saga log, where there is one. */
    effects: JsonOrNull<DoneEffect[]>;
  };
  /** Payloads of one execution that were written together. */
  payloads: {
    execution_id: string;
    /** Of the references that it holds. */
    pack: string;
    env: string;
    /** JSON of `PackedPayload[]`. */
    entries: string;
    /** The JSON of each, one after another, compressed together as `encoding` says. */
    content: Uint8Array;
    /** `deflate` is of rows that an earlier version wrote. */
    encoding: 'json' | 'zstd' | 'deflate';
    stored_at: Time;
  };
  dead_letters: {
    execution_id: string;
    flow_id: string;
    revision: number;
    env: string;
    node_id: string | null;
    error: Json<ErrorJson>;
    attempts: number;
    trigger_seq: number;
    failed_at: Time;
    /** The newest execution that replays it. */
    replayed_by: ColumnType<string | null, never, string>;
    replayed_at: ColumnType<Date | null, never, Date>;
  };
  /** Calls that only a person can decide: a row stands while its execution waits for that. */
  in_doubt: {
    execution_id: string;
    node_id: string;
    iteration: number;
    flow_id: string;
    revision: number;
    env: string;
    since: Time;
    attempt: number;
    input_ref: string;
    error: JsonOrNull<ErrorJson>;
  };
  jobs: {
    job_id: string;
    env: string | null;
    status: 'running' | 'done' | 'stopped' | 'failed';
    request: Json<JobRequest>;
    started_at: Time;
    started_by: string;
    ended_at: ColumnType<Date | null, never, Date>;
    total: number;
    done: Generated<number>;
    failed: Generated<number>;
    per_second: Generated<number>;
    errors: Json<JobError[]>;
    /** The process that works at it. */
    owner: string | null;
    /** When that process last said so. */
    beat_at: Time;
  };
  /** What a job works through, fixed when it starts. */
  job_items: {
    job_id: string;
    position: number;
    execution_id: string;
    node_id: string | null;
    iteration: number | null;
  };
  api_keys: {
    key_id: string;
    name: string;
    role: string;
    /** SHA-256 of the key, hex. */
    hash: string;
    start: string;
    created_at: Time;
    created_by: string;
    expires_at: ColumnType<Date | null, Date | null | undefined, never>;
    /** To the minute. */
    last_used_at: ColumnType<Date | null, never, Date>;
  };
  /** One-time links by which people set their passwords. */
  password_links: {
    user_id: string;
    /** SHA-256 of the token, hex. */
    token_hash: string;
    purpose: 'invite' | 'reset';
    expires_at: Time;
    created_at: Time;
  };
  /** How the designer looks to a person; no row for one who chose nothing yet. */
  preferences: {
    user_id: string;
    language: 'en' | 'de' | null;
    color_scheme: 'auto' | 'light' | 'dark' | null;
    tour_seen: Generated<boolean>;
  };
  /** Who changed what. The database refuses to change a row, and to delete one but by `removeAuditBefore`. */
  audit: {
    number: Generated<number>;
    at: ColumnType<Date, Date, never>;
    actor_kind: ColumnType<'person' | 'api-key' | 'system' | 'nobody', string, never>;
    actor_id: string | null;
    actor_name: string;
    /** `<kind of thing>.<what was done>`. */
    action: string;
    thing_id: string;
    /** What people called it then, where the id does not say. */
    thing_name: string | null;
    env: string | null;
    before: JsonOrNull<unknown>;
    after: JsonOrNull<unknown>;
    address: string | null;
    user_agent: string | null;
  };
  /** What ended, summed up: by slot, by flow or remote, by how it ended and how long it took. */
  health_slots: {
    slot_ms: number;
    slot: Time;
    env: string;
    kind: string;
    name: string;
    outcome: string;
    bucket: number;
    count: number;
  };
  /** Requests that hooks refused, by minute and by the process that counted them. */
  hook_refusals: {
    env: string;
    minute: Time;
    flow_id: string;
    node_id: string;
    reason: string;
    source: string;
    count: number;
  };
  /** Housekeeping that one process of all does at a time. */
  turns: { name: string; owner: string; until: Time };
  alarm_channels: {
    channel_id: string;
    name: string;
    target: Json<AlarmTarget>;
    updated_at: Time;
    updated_by: string;
  };
  alarm_rules: {
    rule_id: string;
    name: string;
    built_in: Generated<boolean>;
    condition: Json<AlarmCondition>;
    env: string | null;
    flow_id: string | null;
    severity: AlarmSeverity;
    for_ms: number;
    renotify_ms: number;
    channels: Json<string[]>;
    enabled: Generated<boolean>;
    muted_until: TimeOrNull;
    updated_at: Time;
    updated_by: string;
  };
  alarms: {
    alarm_id: string;
    rule_id: string;
    /** What of the rule's scope it is about, such as `prod/shop-order`. */
    subject: string;
    env: string | null;
    flow_id: string | null;
    rule_name: string;
    severity: AlarmSeverity;
    state: 'pending' | 'firing' | 'resolved';
    since: Time;
    fired_at: TimeOrNull;
    resolved_at: TimeOrNull;
    clear_since: TimeOrNull;
    notified_at: TimeOrNull;
    value: number;
    summary: string;
  };
  alarm_deliveries: {
    delivery_id: string;
    channel_id: string;
    alarm_id: string | null;
    event: 'firing' | 'still-firing' | 'resolved' | 'test';
    notice: Json<AlarmNotice>;
    status: 'pending' | 'sent' | 'failed';
    attempts: Generated<number>;
    due_at: Time;
    error: JsonOrNull<ErrorJson>;
    created_at: Time;
    ended_at: TimeOrNull;
  };
  /** Steps of the first start that are done. */
  seed_steps: { step: string; done_at: Time };
  user: {
    id: string;
    name: string;
    email: string;
    role: string;
    emailVerified: boolean;
    disabled: Generated<boolean>;
    createdAt: Time;
  };
  account: { id: string; accountId: string; providerId: string; userId: string; password: string | null };
  session: {
    id: string;
    userId: string;
    token: string;
    createdAt: Time;
    /** When it was last used, to the minute. */
    updatedAt: Time;
    expiresAt: Time;
    ipAddress: string | null;
    userAgent: string | null;
  };
}

export interface ExecutionsTable {
  execution_id: string;
  flow_id: string;
  revision: number;
  env: string;
  status: string;
  started_at: Time;
  ended_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  keys: Json<BusinessKeys>;
  error: JsonOrNull<ErrorJson & { nodeId?: string }>;
  attempts: number;
  replay_of: string | null;
  /** The execution that started this one, and which of its entries did: `<nodeId>.<iteration>`. */
  parent_id: string | null;
  parent_entry: string | null;
  /** Where its trigger stands on `EVT`. */
  trigger_seq: number | null;
  /** Number of the journal write this row shows; 0 while only the trigger is known. */
  write: number;
}

/** What a job does with each execution. */
export type JobRequest =
  | {
      kind: 'replay';
      from: 'failed' | 'trigger';
      revision: number | 'same' | 'deployed';
      effects: 'same-keys' | 'new-keys';
    }
  | { kind: 'resolve'; outcome: DoubtOutcome };

export interface JobError {
  executionId: string;
  code: string;
  message: string;
}
