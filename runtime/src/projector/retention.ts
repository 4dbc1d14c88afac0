import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { removeAuditBefore } from '../audit/index.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/index.ts';
import { overdue, readAllRetention, readAuditDays } from './retention-settings.ts';

const DAY_MS = 86_400_000;
const BATCH = 500;
const PAUSE_MS = 50;
const JOB_DAYS = 30;
/** As long as the bus keeps events. An order goes as a whole, so that its state never lacks what was forgotten of it. */
const ORDER_DAYS = 365;

/**
 * Deletes what is older than its environment keeps, old orders, old rows of the audit and old jobs, in small batches with pauses between, so that nobody waits for it. Gives how
 * many executions went.
 */
export async function sweepOld(
  { db, log, now = Date.now }: { db: Database; log: Logger; now?: () => number },
  signal?: AbortSignal,
): Promise<number> {
  let gone = 0;
  for (const [env, retention] of await readAllRetention(db.kysely)) {
    const { executions: oldExecutions, payloads, deadLetters } = overdue(env, retention, now());
    let executions = 0;
    // First, as what they hold goes with them.
    await inBatches(signal, () =>
      sql`delete from dead_letters where execution_id in (
        select execution_id from dead_letters where ${deadLetters} limit ${BATCH})`.execute(db.kysely),
    );
    // Wholes and parts have indexes of their own.
    for (const kind of [sql`parent_id is null`, sql`parent_id is not null`])
      executions += await inBatches(signal, () =>
        sql`delete from executions where execution_id in (
          select execution_id from executions where ${kind} and ${oldExecutions} limit ${BATCH})`.execute(db.kysely),
      );
    await inBatches(signal, () =>
      sql`delete from payloads where (execution_id, pack) in (
        select execution_id, pack from payloads where ${payloads} limit ${BATCH})`.execute(db.kysely),
    );
    if (executions > 0)
      log.info({ env, executions, days: retention.executionDays }, 'old executions were removed from the read model');
    gone += executions;
  }
  await sweepOrders(db, new Date(now() - ORDER_DAYS * DAY_MS), signal);
  const auditBefore = new Date(now() - (await readAuditDays(db.kysely)) * DAY_MS);
  await inBatches(signal, async () => ({ numAffectedRows: BigInt(await removeAuditBefore(db, auditBefore, BATCH)) }));
  const before = new Date(now() - JOB_DAYS * DAY_MS);
  await inBatches(signal, () =>
    sql`delete from jobs where job_id in (select job_id from jobs where ended_at < ${before} limit ${BATCH})`.execute(
      db.kysely,
    ),
  );
  return gone;
}

/** Orders of which nothing was heard since `before`, then the events that belong to no order any more. */
async function sweepOrders({ kysely }: Database, before: Date, signal: AbortSignal | undefined): Promise<void> {
  await inBatches(signal, () =>
    sql`delete from orders where (env, order_id) in (
      select env, order_id from orders old where last_event_at < ${before} and not exists (
        select 1 from order_keys named join order_event_keys of_event on of_event.env = named.env and of_event.key = named.key
          join order_events told on told.env = of_event.env and told.place = of_event.place
          where named.env = old.env and named.order_id = old.order_id and told.received_at >= ${before})
      limit ${BATCH})`.execute(kysely),
  );
  await inBatches(signal, () =>
    sql`delete from order_events where (env, place) in (
      select env, place from order_events told where received_at < ${before} and not exists (
        select 1 from order_event_keys of_event join order_keys named on named.env = of_event.env and named.key = of_event.key
          where of_event.env = told.env and of_event.place = told.place)
      limit ${BATCH})`.execute(kysely),
  );
}

async function inBatches(
  signal: AbortSignal | undefined,
  removeSome: () => Promise<{ numAffectedRows?: bigint }>,
): Promise<number> {
  let total = 0;
  while (!signal?.aborted) {
    const removed = Number((await removeSome()).numAffectedRows ?? 0);
    total += removed;
    if (removed < BATCH) break;
    await sleep(PAUSE_MS);
  }
  return total;
}
