import type { Retention, RetentionEffect } from '@crossdock/api-contract';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../store/index.ts';

const DAY_MS = 86_400_000;
/** Counting further would take longer than anybody needs to know. */
const COUNTED = 100_000;

/** How long an environment keeps its records; undefined when there is no such environment. */
export async function readRetention(db: Kysely<Tables>, env: string): Promise<Retention | undefined> {
  return (await readAllRetention(db)).get(env);
}

export async function readAllRetention(db: Kysely<Tables>): Promise<Map<string, Retention>> {
  const rows = await db
    .selectFrom('environments')
    .select(['name', 'retention_days', 'payload_days', 'dead_letter_days'])
    .execute();
  return new Map(
    rows.map(({ name, retention_days, payload_days, dead_letter_days }) => [
      name,
      { executionDays: retention_days, payloadDays: payload_days, deadLetterDays: dead_letter_days },
    ]),
  );
}

export async function readAuditDays(db: Kysely<Tables>): Promise<number> {
  return (await db.selectFrom('installation').select('audit_days').executeTakeFirstOrThrow()).audit_days;
}

/** How many records these periods would remove now, each counted up to 100,000. */
export async function retentionEffect(db: Kysely<Tables>, env: string, retention: Retention): Promise<RetentionEffect> {
  const { executions, payloads, deadLetters } = overdue(env, retention, Date.now());
  const count = async (from: RawBuilder<unknown>) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from (select 1 from ${from} limit ${COUNTED}) found`.execute(db);
    return rows[0]?.count ?? 0;
  };
  return {
    executions: await count(sql`executions where ${executions}`),
    payloads: await count(
      sql`payloads cross join lateral json_array_elements(payloads.entries::json) one where ${payloads}`,
    ),
    deadLetters: await count(sql`dead_letters where ${deadLetters}`),
  };
}

/**
 * What an environment keeps no longer, as a condition on each table. What has not ended stays, and an open dead letter keeps its execution and its payloads
 * for as long as it is kept itself: a replay needs them.
 */
export function overdue(
  env: string,
  retention: Retention,
  now: number,
): Record<keyof RetentionEffect, RawBuilder<unknown>> {
  const before = (days: number) => new Date(now - days * DAY_MS);
  const executionsBefore = before(retention.executionDays);
  const lettersBefore = before(retention.deadLetterDays);
  const hasOpenLetter = (table: string) => sql`exists (select 1 from dead_letters letter
    where letter.execution_id = ${sql.ref(`${table}.execution_id`)} and letter.replayed_by is null and letter.failed_at >= ${lettersBefore})`;
  return {
    executions: sql`env = ${env} and started_at < ${executionsBefore} and ended_at < ${executionsBefore}
      and not ${hasOpenLetter('executions')}`,
    payloads: sql`env = ${env} and stored_at < ${before(retention.payloadDays)} and not ${hasOpenLetter('payloads')}
      and not exists (select 1 from executions open where open.execution_id = payloads.execution_id and open.ended_at is null)`,
    deadLetters: sql`env = ${env} and failed_at < ${lettersBefore}`,
  };
}
