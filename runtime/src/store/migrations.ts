import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Every change of the schema, by name in the order they run. One that was released never changes: add another. */
export const migrations: Record<string, Migration> = {
  '0001-people': {
    up: runAll([
      `create table "user" (
      "id" text primary key, "name" text not null, "email" text not null unique, "emailVerified" boolean not null,
      "image" text, "role" text not null,
      "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now())`,
      `create table "session" (
      "id" text primary key, "expiresAt" timestamptz not null, "token" text not null unique,
      "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now(),
      "ipAddress" text, "userAgent" text,
      "userId" text not null references "user" ("id") on delete cascade)`,
      `create index "session_user" on "session" ("userId")`,
      `create table "account" (
      "id" text primary key, "accountId" text not null, "providerId" text not null,
      "userId" text not null references "user" ("id") on delete cascade,
      "accessToken" text, "refreshToken" text, "idToken" text,
      "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz, "scope" text, "password" text,
      "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now())`,
      `create index "account_user" on "account" ("userId")`,
      `create table "verification" (
      "id" text primary key, "identifier" text not null, "value" text not null, "expiresAt" timestamptz not null,
      "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now())`,
      `create index "verification_identifier" on "verification" ("identifier")`,
      `create table api_keys (
      key_id uuid primary key, name text not null, role text not null, hash text not null unique, start text not null,
      created_at timestamptz not null default now(), created_by text not null)`,
    ]),
  },
  '0002-flows': {
    up: runAll([
      `create table flows (
      flow_id text primary key, name text not null, description text not null, document text not null, etag text not null,
      hash text not null, issues integer not null, node_types jsonb not null, updated_at timestamptz not null, updated_by text not null)`,
      `create table revisions (
      flow_id text not null, revision integer not null, hash text not null, document text not null, message text not null,
      author text not null, created_at timestamptz not null, primary key (flow_id, revision))`,
      `create table environments (
      name text primary key, title text not null, tone text not null, position integer generated always as identity,
      retention_days integer not null default 30)`,
      `create table variables (
      env text primary key references environments (name), variables jsonb not null,
      updated_at timestamptz not null, updated_by text not null)`,
      `create table deployments (
      deployment_id uuid primary key, env text not null references environments (name), flow_id text not null,
      revision integer not null, status text not null, deployed_at timestamptz not null, deployed_by text not null,
      warnings jsonb not null, foreign key (flow_id, revision) references revisions (flow_id, revision))`,
      `create unique index deployments_active on deployments (env, flow_id) where status = 'active'`,
      `create index deployments_history on deployments (env, deployed_at desc, deployment_id desc)`,
      `create table seed_steps (step text primary key, done_at timestamptz not null default now())`,
    ]),
  },
  '0003-executions': {
    up: runAll([
      `create table executions (
      execution_id uuid primary key, flow_id text not null, revision integer not null, env text not null, status text not null,
      started_at timestamptz not null, ended_at timestamptz, keys jsonb not null, error jsonb, attempts integer not null,
      replay_of text, write integer not null)`,
      `create index executions_newest on executions (started_at desc, execution_id desc)`,
      `create index executions_env on executions (env, started_at desc, execution_id desc)`,
      `create index executions_flow on executions (flow_id, started_at desc, execution_id desc)`,
      `create index executions_status on executions (status, started_at desc, execution_id desc)`,
      `create index executions_failed on executions (started_at desc) where error is not null`,
      `create table execution_keys (
      execution_id uuid not null references executions (execution_id) on delete cascade, name text not null, value text not null)`,
      `create index execution_keys_execution on execution_keys (execution_id)`,
      `create index execution_keys_value on execution_keys (value text_pattern_ops)`,
      `create table spans (
      execution_id uuid primary key references executions (execution_id) on delete cascade, spans jsonb not null)`,
      `create table payloads (
      execution_id uuid not null, ref text not null, env text not null, content bytea, encoding text not null, blob text, size integer not null,
      truncated boolean not null, stored_at timestamptz not null, primary key (execution_id, ref))`,
      `create index payloads_age on payloads (env, stored_at)`,
      `create table dead_letters (
      execution_id uuid primary key, flow_id text not null, revision integer not null, env text not null, node_id text,
      error jsonb not null, attempts integer not null, trigger_seq double precision not null, failed_at timestamptz not null)`,
      `create index dead_letters_newest on dead_letters (env, failed_at desc)`,
    ]),
  },
  '0004-repairs': {
    up: runAll([
      `alter table executions add column parent_id text, add column parent_entry text, add column trigger_seq double precision`,
      `alter table spans add column effects jsonb`,
      // Lists show whole executions, and a split may have thousands of parts: those have indexes of their own.
      'drop index executions_newest',
      'drop index executions_env',
      'drop index executions_flow',
      'drop index executions_status',
      `create index executions_newest on executions (started_at desc, execution_id desc) where parent_id is null`,
      `create index executions_env on executions (env, started_at desc, execution_id desc) where parent_id is null`,
      `create index executions_flow on executions (flow_id, started_at desc, execution_id desc) where parent_id is null`,
      `create index executions_status on executions (status, started_at desc, execution_id desc) where parent_id is null`,
      `create index executions_parent on executions (parent_id, started_at desc, execution_id desc) where parent_id is not null`,
      `create index executions_parts on executions (env, started_at) where parent_id is not null`,
      `create index executions_replay on executions (replay_of) where replay_of is not null`,
      `alter table dead_letters add column replayed_by text, add column replayed_at timestamptz`,
      'drop index dead_letters_newest',
      `create index dead_letters_newest on dead_letters (failed_at desc, execution_id desc)`,
      `create index dead_letters_open on dead_letters (failed_at desc, execution_id desc) where replayed_by is null`,
      `create index dead_letters_age on dead_letters (env, failed_at)`,
      `create table in_doubt (
      execution_id uuid not null references executions (execution_id) on delete cascade, node_id text not null,
      iteration integer not null, flow_id text not null, revision integer not null, env text not null,
      since timestamptz not null, attempt integer not null, input_ref text not null, error jsonb,
      primary key (execution_id, node_id, iteration))`,
      `create index in_doubt_oldest on in_doubt (since, execution_id, node_id, iteration)`,
      `create table jobs (
      job_id uuid primary key, env text, status text not null, request jsonb not null,
      started_at timestamptz not null, started_by text not null, ended_at timestamptz,
      total integer not null, done integer not null default 0, failed integer not null default 0,
      per_second double precision not null default 0, errors jsonb not null,
      owner text, beat_at timestamptz not null)`,
      `create index jobs_newest on jobs (started_at desc, job_id desc)`,
      `create table job_items (
      job_id uuid not null references jobs (job_id) on delete cascade, position integer not null,
      execution_id uuid not null, node_id text, iteration integer, primary key (job_id, position))`,
    ]),
  },
  '0010-connections': {
    up: runAll([
      `create table connections (
      connection_id uuid primary key, env text not null references environments (name), name text not null, type text not null,
      settings jsonb not null, sealed jsonb, credentials jsonb not null, expires_at timestamptz, last_check jsonb,
      version integer not null, created_at timestamptz not null, created_by text not null,
      updated_at timestamptz not null, updated_by text not null, unique (env, name))`,
    ]),
  },
  '0020-deployments': {
    up: runAll([
      // An environment's place may change.
      'alter table environments alter column position set generated by default',
      `alter table deployments add column action text not null default 'deploy', add column promoted_from text, add column since integer,
      add column rolls_back_to uuid references deployments (deployment_id), add column changes jsonb,
      add column ended_at timestamptz, add column ended_by text`,
      `update deployments set since = other.revision,
      rolls_back_to = case when other.revision = deployments.revision then null else other.deployment_id end
      from (select deployment_id as later, lag(deployment_id) over ways as deployment_id, lag(revision) over ways as revision
        from deployments window ways as (partition by env, flow_id order by deployed_at, deployment_id)) as other
      where later = deployments.deployment_id and other.deployment_id is not null`,
      `update deployments set ended_at = other.deployed_at, ended_by = other.deployed_by
      from (select deployment_id as earlier, lead(deployed_at) over ways as deployed_at, lead(deployed_by) over ways as deployed_by
        from deployments window ways as (partition by env, flow_id order by deployed_at, deployment_id)) as other
      where earlier = deployments.deployment_id and status = 'replaced' and other.deployed_at is not null`,
      `create index deployments_flow on deployments (env, flow_id, deployed_at desc)`,
    ]),
  },
  '0030-people': {
    up: runAll([
      `update "user" set role = 'operator' where role = 'deployer'`,
      `update api_keys set role = 'operator' where role = 'deployer'`,
    ]),
  },
  '0031-audit': {
    up: runAll([
      `create table audit (
      number bigint generated always as identity primary key, at timestamptz not null,
      actor_kind text not null, actor_id text, actor_name text not null, action text not null, thing_id text not null, env text,
      before jsonb, after jsonb, address text, user_agent text)`,
      `create index audit_age on audit (at)`,
      `create index audit_actor on audit (actor_name, number desc)`,
      `create index audit_thing on audit (thing_id, number desc)`,
      `create index audit_action on audit (action text_pattern_ops, number desc)`,
      // Rows are never changed, and leave only by age: within a transaction that names the cutoff.
      `create function audit_append_only() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' and old.at < nullif(current_setting('crossdock.audit_cutoff', true), '')::timestamptz then
          return old;
        end if;
        raise exception 'the audit is append-only';
      end $$`,
      `create trigger audit_rows before update or delete on audit for each row execute function audit_append_only()`,
      `create trigger audit_whole before truncate on audit for each statement execute function audit_append_only()`,
    ]),
  },
  '0032-accounts': {
    up: runAll([
      `alter table "user" add column "disabled" boolean not null default false`,
      `alter table api_keys add column expires_at timestamptz, add column last_used_at timestamptz`,
      // One link for each person: a new one replaces it.
      `create table password_links (
      user_id text primary key references "user" ("id") on delete cascade, token_hash text not null unique, purpose text not null,
      expires_at timestamptz not null, created_at timestamptz not null)`,
    ]),
  },
  '0050-privacy': {
    up: runAll([
      `create table egress_lists (
      env text primary key references environments (name), allow jsonb not null,
      updated_at timestamptz not null, updated_by text not null)`,
    ]),
  },
  '0060-health': {
    up: runAll([
      `create table health_slots (
      slot_ms integer not null, slot timestamptz not null, env text not null, kind text not null, name text not null,
      outcome text not null, bucket integer not null, count integer not null,
      primary key (slot_ms, env, slot, kind, name, outcome, bucket))`,
      `create table turns (name text primary key, owner text not null, until timestamptz not null)`,
      `create table alarm_channels (
      channel_id uuid primary key, name text not null unique, target jsonb not null,
      updated_at timestamptz not null, updated_by text not null)`,
      `create table alarm_rules (
      rule_id uuid primary key, name text not null, built_in boolean not null default false, condition jsonb not null,
      env text, flow_id text, severity text not null, for_ms double precision not null, renotify_ms double precision not null,
      channels jsonb not null, enabled boolean not null default true, muted_until timestamptz,
      updated_at timestamptz not null, updated_by text not null)`,
      `create table alarms (
      alarm_id uuid primary key, rule_id uuid not null references alarm_rules (rule_id) on delete cascade,
      subject text not null, env text, flow_id text, rule_name text not null, severity text not null,
      state text not null, since timestamptz not null, fired_at timestamptz, resolved_at timestamptz, clear_since timestamptz,
      notified_at timestamptz, value double precision not null, summary text not null)`,
      `create unique index alarms_open on alarms (rule_id, subject) where state <> 'resolved'`,
      `create index alarms_newest on alarms (since desc, alarm_id desc)`,
      `create table alarm_deliveries (
      delivery_id uuid primary key, channel_id uuid not null references alarm_channels (channel_id) on delete cascade,
      alarm_id uuid references alarms (alarm_id) on delete cascade, event text not null, notice jsonb not null,
      status text not null, attempts integer not null default 0, due_at timestamptz not null, error jsonb,
      created_at timestamptz not null, ended_at timestamptz)`,
      `create index alarm_deliveries_newest on alarm_deliveries (created_at desc, delivery_id desc)`,
      `create index alarm_deliveries_due on alarm_deliveries (due_at) where status = 'pending'`,
      `insert into alarm_rules (rule_id, name, built_in, condition, severity, for_ms, renotify_ms, channels, updated_at, updated_by)
      values
      ('00000000-0000-4000-8000-000000000001', 'The trigger store is nearly full', true, '{"kind":"store-full","percent":85}', 'critical', 60000, 14400000, '[]', now(), 'Crossdock'),
      ('00000000-0000-4000-8000-000000000002', 'Records are kept for a shorter time', true, '{"kind":"journal-crowded"}', 'warning', 60000, 86400000, '[]', now(), 'Crossdock'),
      ('00000000-0000-4000-8000-000000000003', 'Payload traces were dropped', true, '{"kind":"traces-dropped","windowMs":900000}', 'warning', 0, 86400000, '[]', now(), 'Crossdock')`,
    ]),
  },
  '0070-retention': {
    up: runAll([
      `alter table environments add column payload_days integer, add column dead_letter_days integer`,
      `update environments set payload_days = retention_days, dead_letter_days = retention_days`,
      `alter table environments alter column payload_days set not null, alter column payload_days set default 30,
      alter column dead_letter_days set not null, alter column dead_letter_days set default 30`,
      `create table installation (only_row boolean primary key default true check (only_row), audit_days integer not null default 730)`,
      `insert into installation default values`,
    ]),
  },
  '0080-audit-names': { up: runAll([`alter table audit add column thing_name text`]) },
  '0090-hook-refusals': {
    up: runAll([
      `create table hook_refusals (
      env text not null, minute timestamptz not null, flow_id text not null, node_id text not null, reason text not null,
      source text not null, count integer not null, primary key (env, minute, flow_id, node_id, reason, source))`,
    ]),
  },
  '0100-alarm-sending': { up: runAll([`alter table installation add column alarms_paused_at timestamptz`]) },
  '0110-orders': {
    up: runAll([
      `create table order_events (
      env text not null, place text not null, key text not null, happened_at timestamptz not null, received_at timestamptz not null,
      execution_id uuid, event jsonb not null, problem text, primary key (env, place))`,
      `create index order_events_execution on order_events (execution_id) where execution_id is not null`,
      `create table order_event_keys (
      env text not null, key text not null, place text not null, primary key (env, key, place),
      foreign key (env, place) references order_events (env, place) on delete cascade)`,
      `create index order_events_age on order_events (received_at)`,
      `create index order_event_keys_place on order_event_keys (env, place)`,
      `create table orders (
      env text not null, order_id text not null, step text not null, lifecycle text not null, is_pending boolean not null,
      channel text, partner text, customer_order_no text, amount numeric, currency text,
      began_at timestamptz not null, step_since timestamptz not null, last_event_at timestamptz not null, events integer not null,
      state jsonb not null, primary key (env, order_id))`,
      `create index orders_newest on orders (env, began_at desc, order_id desc)`,
      `create index orders_step on orders (env, step, began_at desc, order_id desc)`,
      `create index orders_pending on orders (env, began_at desc, order_id desc) where is_pending`,
      `create index orders_age on orders (last_event_at)`,
      `create table order_keys (
      env text not null, key text not null, order_id text not null, primary key (env, key),
      foreign key (env, order_id) references orders (env, order_id) on delete cascade)`,
      `create index order_keys_order on order_keys (env, order_id)`,
      `create table order_identifiers (
      env text not null, order_id text not null, system text not null, type text not null, scope text not null, value text not null,
      foreign key (env, order_id) references orders (env, order_id) on delete cascade)`,
      `create index order_identifiers_order on order_identifiers (env, order_id)`,
      `create index order_identifiers_value on order_identifiers (lower(value) text_pattern_ops)`,
    ]),
  },
  '0130-order-rules': {
    up: runAll([
      `create table order_rules (
      env text primary key references environments (name) on delete cascade, settings jsonb not null,
      mark_after text, updated_at timestamptz not null, updated_by text not null)`,
      `create table order_looks (
      env text not null, order_id text not null, due_at timestamptz not null, primary key (env, order_id),
      foreign key (env, order_id) references orders (env, order_id) on delete cascade)`,
      `create index order_looks_due on order_looks (due_at)`,
      // Orders that are known already are looked at once.
      `insert into order_looks (env, order_id, due_at) select env, order_id, now() from orders where lifecycle in ('open', 'unknown')`,
      `create table order_issues (
      env text not null, order_id text not null, kind text not null, issue_id text not null, code text not null,
      severity text, owner text, assignee text, since timestamptz not null, due_at timestamptz,
      primary key (env, order_id, kind, issue_id),
      foreign key (env, order_id) references orders (env, order_id) on delete cascade)`,
      `insert into order_issues (env, order_id, kind, issue_id, code, since)
      select env, order_id, 'hold', issue->>'id', issue->>'code', (issue->>'since')::timestamptz
      from orders, jsonb_array_elements(state->'holds') issue where (issue->>'isOpen')::boolean`,
      `insert into order_issues (env, order_id, kind, issue_id, code, severity, owner, assignee, since, due_at)
      select env, order_id, 'exception', issue->>'id', issue->>'code', issue->>'severity', issue->>'owner', issue->>'assignee',
        (issue->>'since')::timestamptz, (issue->>'dueAt')::timestamptz
      from orders, jsonb_array_elements(state->'exceptions') issue where (issue->>'isOpen')::boolean`,
      `create index order_issues_code on order_issues (env, code)`,
      `create index order_issues_owner on order_issues (env, owner)`,
    ]),
  },
  '0140-cross-references': {
    up: runAll([
      `create table xref_records (
      env text not null, record_id text not null, entity text not null, rev integer not null, ids jsonb not null, reservations jsonb not null,
      updated_at timestamptz not null, primary key (env, record_id))`,
      `create index xref_records_newest on xref_records (env, entity, updated_at desc, record_id desc)`,
      `create table xref_ids (
      env text not null, record_id text not null, entity text not null, system text not null, id text not null, name text,
      foreign key (env, record_id) references xref_records (env, record_id) on delete cascade)`,
      `create index xref_ids_record on xref_ids (env, record_id)`,
      `create index xref_ids_id on xref_ids (lower(id) text_pattern_ops)`,
      `create table status_maps (
      env text not null, system text not null, version integer not null, entries jsonb not null,
      updated_at timestamptz not null, updated_by text not null, primary key (env, system, version))`,
      `create index xref_ids_name on xref_ids (lower(name) text_pattern_ops)`,
    ]),
  },
  '0150-subscriptions': {
    up: runAll([
      `create table subscriptions (
      subscription_id text primary key, env text not null references environments (name), name text not null,
      settings jsonb not null, state text not null, version integer not null, since timestamptz not null,
      is_rewound boolean not null, delivered_at timestamptz, updated_at timestamptz not null, updated_by text not null,
      unique (env, name))`,
      `create table subscription_failures (
      subscription_id text not null references subscriptions on delete cascade, place text not null, event_id text not null,
      type text not null, order_key text not null, attempts integer not null, first_at timestamptz not null,
      last_at timestamptz not null, next_at timestamptz, delivered_at timestamptz, error jsonb not null,
      primary key (subscription_id, place))`,
      `create index subscription_failures_newest on subscription_failures (subscription_id, last_at desc)`,
      `create index subscription_failures_age on subscription_failures (last_at)`,
    ]),
  },
  '0160-preferences': {
    up: runAll([
      `create table preferences (
      user_id text primary key references "user" ("id") on delete cascade,
      language text, color_scheme text, tour_seen boolean not null default false)`,
    ]),
  },
  '0161-payload-packs': {
    up: runAll([
      // A row costs more than what is in it: payloads that are written together are one.
      `create table payload_packs (
      execution_id uuid not null, pack uuid not null, env text not null, entries text not null, content bytea not null, encoding text not null,
      stored_at timestamptz not null, primary key (execution_id, pack))`,
      `insert into payload_packs (execution_id, pack, env, entries, content, encoding, stored_at)
      select execution_id, md5(ref)::uuid, env,
        json_build_array(json_build_array(ref, case when blob is null then null else 0 end, truncated, blob))::text,
        coalesce(content, ''), encoding, stored_at from payloads`,
      'drop table payloads',
      'alter table payload_packs rename to payloads',
      'alter index payload_packs_pkey rename to payloads_pkey',
      `create index payloads_age on payloads (env, stored_at)`,
      // Spans are read as a whole: nobody asks the database what is in them.
      `alter table spans alter column spans type json, alter column effects type json`,
    ]),
  },
};

function runAll(statements: readonly string[]): Migration['up'] {
  return async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  };
}
