import { randomUUID } from 'node:crypto';
import type { Bus } from '@crossdock/bus';
import type { CloudEvent } from '@crossdock/connector-sdk';
import { type Evaluation, evaluateRules, type OrderState, type RuleSettings } from '@crossdock/orders';
import { sql, type Transaction } from 'kysely';
import type { Logger } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import { type Database, leaveTurn, type Tables, takeTurn } from '../../store/index.ts';
import { issueRows } from './order-issues.ts';
import { readRuleSettings } from './rule-looks.ts';
import { lockFolds } from './write-orders.ts';

export interface WatchRulesOptions {
  readonly db: Database;
  readonly bus: {
    readonly events: Pick<Bus['events'], 'emit'>;
    readonly eventFeed: Pick<Bus['eventFeed'], 'heardUntil'>;
  };
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly lookEveryMs?: number;
}

/** Lets the rules of exceptions look at orders; `stop` waits for the look in hand and leaves the rest to another process. */
export interface RuleWatch {
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 1_000;
const BATCH = 100;
const MARKED_AT_ONCE = 500;
const TURN = 'order rules';
/** What was said is in the order's state when it has come back as an event; where it did not, it is said again, which adds nothing. */
const ECHO_MS = 30_000;
/** An order of which the rules fail must not hold up the others. */
const AFTER_FAILURE_MS = 600_000;

/**
 * Looks at the orders that are due and publishes what the rules say of them as events, in one process of all that run: the turn is a row of the
 * database. Nothing depends on that being one only, as events of rules have the ids of what they say. When to look is kept with each order, so
 * that a restart goes on where this was. Rules judge by what was heard: while events wait to be written, as of the time until which all are.
 */
export function watchRules(options: WatchRulesOptions): RuleWatch {
  const { db, log, lookEveryMs = LOOK_EVERY_MS } = options;
  const owner = randomUUID();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    const isToMark = (await rulesToMark(db)) !== undefined;
    if (!isToMark && !(await isAnyDue(db))) return;
    if (!(await takeTurn(db, { name: TURN, owner, forMs: lookEveryMs * 3 + 30_000 }))) return;
    for (let isMore = true; isMore && !stopping.signal.aborted; ) {
      const isMarked = await markSome(db);
      isMore = (await lookAtDue(options)) === BATCH || isMarked;
    }
  };
  const plan = (): void => {
    timer = setTimeout(() => {
      current = look()
        .catch((error: unknown) => log.warn({ err: error }, 'rules could not look at orders; tried again soon'))
        .then(() => {
          if (!stopping.signal.aborted) plan();
        });
    }, lookEveryMs);
    timer.unref();
  };
  plan();

  return {
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await current;
      await leaveTurn(db, { name: TURN, owner }).catch(() => undefined);
    },
  };
}

async function isAnyDue({ kysely }: Database): Promise<boolean> {
  const due = await kysely
    .selectFrom('order_looks')
    .select('due_at')
    .where('due_at', '<=', new Date())
    .limit(1)
    .executeTakeFirst();
  return due !== undefined;
}

const rulesToMark = ({ kysely }: Database) =>
  kysely
    .selectFrom('order_rules')
    .select(['env', 'mark_after', 'updated_at'])
    .where('mark_after', 'is not', null)
    .orderBy('env')
    .limit(1)
    .executeTakeFirst();

/**
 * After a change of the settings: makes some orders due that were not marked since, in their order. Over orders that are done with nothing is looked
 * for, but what was raised of them may pass. A few at a time, as the embedded database has one connection for all. Gives whether there were any.
 */
async function markSome(db: Database): Promise<boolean> {
  const rules = await rulesToMark(db);
  if (!rules) return false;
  const { env, mark_after, updated_at } = rules;
  await db.transaction(async (tx) => {
    await lockFolds(tx);
    const { rows } = await sql<{ count: number; last: string | null }>`with marked as (
        insert into order_looks (env, order_id, due_at)
        select env, order_id, ${updated_at}::timestamptz from orders where env = ${env} and order_id collate "C" > ${mark_after}
          and (lifecycle not in ('closed', 'cancelled', 'rejected') or is_pending) order by order_id collate "C" limit ${MARKED_AT_ONCE}
        on conflict (env, order_id) do update set due_at = least(order_looks.due_at, excluded.due_at) returning order_id)
      select count(*)::int as count, max(order_id collate "C") as last from marked`.execute(tx);
    const { count = 0, last = null } = rows[0] ?? {};
    if (last !== null) await writeIssuesAgain(tx, { env, after: mark_after!, last });
    const next = count < MARKED_AT_ONCE ? null : last;
    // Settings that were changed meanwhile begin with the first order again.
    await tx
      .updateTable('order_rules')
      .set({ mark_after: next })
      .where('env', '=', env)
      .where('updated_at', '=', updated_at)
      .execute();
  });
  return true;
}

/** Owner and due time of exceptions that name none follow from the settings, too. */
async function writeIssuesAgain(
  tx: Transaction<Tables>,
  { env, after, last }: { env: string; after: string; last: string },
): Promise<void> {
  const settings = await readRuleSettings(tx, env);
  const pending = await tx
    .selectFrom('orders')
    .select(['env', 'order_id', 'state'])
    .where('env', '=', env)
    .where('is_pending', '=', true)
    .where(sql<boolean>`order_id collate "C" > ${after} and order_id collate "C" <= ${last}`)
    .execute();
  for (const { state, ...of } of pending) {
    const issues = issueRows(of, state, settings);
    await tx.deleteFrom('order_issues').where('env', '=', of.env).where('order_id', '=', of.order_id).execute();
    if (issues.length > 0) await tx.insertInto('order_issues').values(issues).execute();
  }
}

interface Look {
  readonly env: string;
  readonly order_id: string;
  readonly due_at: Date;
  readonly state: OrderState;
}

/** Gives how many orders were looked at. */
async function lookAtDue(options: WatchRulesOptions): Promise<number> {
  const { db, bus } = options;
  const at = await bus.eventFeed.heardUntil();
  const looks: Look[] = await db.kysely
    .selectFrom('order_looks')
    .innerJoin('orders', (join) =>
      join.onRef('orders.env', '=', 'order_looks.env').onRef('orders.order_id', '=', 'order_looks.order_id'),
    )
    .select(['order_looks.env', 'order_looks.order_id', 'order_looks.due_at', 'orders.state'])
    .where('order_looks.due_at', '<=', at)
    .orderBy('order_looks.due_at')
    .limit(BATCH)
    .execute();
  const settings = new Map<string, RuleSettings>();
  for (const env of new Set(looks.map((look) => look.env))) settings.set(env, await readRuleSettings(db.kysely, env));
  const next = await Promise.all(looks.map((look) => lookAt(options, look, { at, settings: settings.get(look.env)! })));
  await writeNext(db, looks, next);
  return looks.length;
}

/** Publishes what the rules say of an order, and gives when they are to look again. */
async function lookAt(
  { bus, log, metrics }: WatchRulesOptions,
  { env, order_id, state }: Look,
  { at, settings }: { at: Date; settings: RuleSettings },
): Promise<Date | undefined> {
  let said: Evaluation;
  try {
    said = evaluateRules(state, at, settings);
  } catch (error) {
    log.error({ err: error, env, orderId: order_id }, 'the rules of exceptions fail at an order');
    return new Date(at.getTime() + AFTER_FAILURE_MS);
  }
  const { open, clear, nextAt } = said;
  for (const event of [...open, ...clear])
    await bus.events.emit(env, event.partitionkey, event as unknown as CloudEvent);
  metrics.count('crossdock_order_exceptions_total', { what: 'raised' }, open.length);
  metrics.count('crossdock_order_exceptions_total', { what: 'cleared' }, clear.length);
  if (open.length + clear.length > 0) return new Date(at.getTime() + ECHO_MS);
  return nextAt === undefined ? undefined : new Date(nextAt);
}

/** Unless the order was folded meanwhile, which says anew when to look. */
async function writeNext(
  { kysely }: Database,
  looks: readonly Look[],
  next: readonly (Date | undefined)[],
): Promise<void> {
  if (looks.length === 0) return;
  const columns = [
    looks.map(({ env }) => env),
    looks.map(({ order_id }) => order_id),
    looks.map(({ due_at }) => due_at.toISOString()),
    next.map((at) => at?.toISOString() ?? null),
  ] as const;
  const [envs, ids, before, after] = columns;
  const looked = sql`unnest(${envs}::text[], ${ids}::text[], ${before}::timestamptz[], ${after}::timestamptz[])
    as looked (env, order_id, due_at, next_at)`;
  const same = sql`l.env = looked.env and l.order_id = looked.order_id and l.due_at = looked.due_at`;
  await sql`update order_looks l set due_at = looked.next_at from ${looked} where ${same} and looked.next_at is not null`.execute(
    kysely,
  );
  await sql`delete from order_looks l using ${looked} where ${same} and looked.next_at is null`.execute(kysely);
}
