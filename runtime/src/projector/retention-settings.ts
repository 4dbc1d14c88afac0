import type { Retention, RetentionEffect } from '@crossdock/api-contract';
import { type Kysely, sql } from 'kysely';
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

/** How many records are older than these periods, each counted up to 100,000. */
export async function retentionEffect(db: Kysely<Tables>, env: string, retention: Retention): Promise<RetentionEffect> {
  const { executions, payloads, deadLetters } = cutoffs(retention, Date.now());
  const count = async (from: ReturnType<typeof sql>) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from (select 1 from ${from} limit ${COUNTED}) found`.execute(db);
    return rows[0]?.count ?? 0;
  };
  return {
    executions: await count(
      sql`executions where env = ${env} and started_at < ${executions} and ended_at < ${executions}`,
    ),
    payloads: await count(sql`payloads where env = ${env} and stored_at < ${payloads}`),
    deadLetters: await count(sql`dead_letters where env = ${env} and failed_at < ${deadLetters}`),
  };
}

/** What is older than these moments goes. */
export function cutoffs(retention: Retention, now: number): { executions: Date; payloads: Date; deadLetters: Date } {
  const ago = (days: number) => new Date(now - days * DAY_MS);
  return {
    executions: ago(retention.executionDays),
    payloads: ago(retention.payloadDays),
    deadLetters: ago(retention.deadLetterDays),
  };
}
