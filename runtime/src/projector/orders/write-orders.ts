import type { StoredEvent } from '@crossdock/bus';
import type { CloudEvent } from '@crossdock/connector-sdk';
import type { RuleSettings } from '@crossdock/orders';
import { sql, type Transaction } from 'kysely';
import { UUID } from '../../api/execution-id.ts';
import { type Database, storableJson, storableText, type Tables } from '../../store/index.ts';
import { type DatedEvent, foldedOrder } from './folded-order.ts';
import { groupOrders } from './order-groups.ts';
import { identifiersOf } from './order-identifiers.ts';
import { issueRows } from './order-issues.ts';
import { nextLook, readRuleSettings } from './rule-looks.ts';
import { type ToldEvent, toldEvent } from './told-event.ts';

/** Names the lock under which orders are folded: two projectors would each fold without the other's events. */
const FOLD_LOCK = 7_203_414;
/** Longest identifier that is indexed: longer ones are cut, in searches alike. */
export const MAX_IDENTIFIER_LENGTH = 500;

/** An order whose row was written. */
export interface WrittenOrder {
  readonly env: string;
  readonly orderId: string;
}

/**
 * Stores the events of a batch, each once, and folds the orders that they tell of anew from all their events. The rows depend on the set of
 * stored events alone, so a batch may come again, and in any order. Gives the orders that changed.
 */
export async function writeOrders(
  db: Database,
  batch: readonly StoredEvent[],
  now = new Date(),
): Promise<WrittenOrder[]> {
  const byPlace = new Map(batch.map((stored) => [`${stored.env}/${stored.keyHash}.${stored.idHash}`, stored]));
  const incoming = [...byPlace.values()].map((stored) => ({ stored, told: toldEvent(stored) }));
  return db.transaction(async (tx) => {
    await lockFolds(tx);
    const added = await addEvents(tx, incoming);
    const written: WrittenOrder[] = [];
    for (const [env, told] of [...added].sort(([a], [b]) => (a < b ? -1 : 1)))
      written.push(...(await foldAgain(tx, { env, now, settings: await readRuleSettings(tx, env) }, told)));
    return written;
  });
}

/** No order is folded by another until the transaction ends. */
export async function lockFolds(tx: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${FOLD_LOCK})`.execute(tx);
}

type Incoming = { stored: StoredEvent; told: ToldEvent };

/** Gives the events that are news, by environment. */
async function addEvents(
  tx: Transaction<Tables>,
  incoming: readonly Incoming[],
): Promise<ReadonlyMap<string, readonly ToldEvent[]>> {
  const rows = incoming.map(({ stored: { env, event, storedAt }, told: { place, keys, problem } }) => ({
    ...{ env, place, key: storableText(keys[0]) },
    happened_at: timeOf(event) ?? storedAt,
    received_at: storedAt,
    execution_id: typeof event.executionid === 'string' && UUID.test(event.executionid) ? event.executionid : null,
    event: storableJson(event),
    problem: problem === undefined ? null : storableText(problem),
  }));
  const inserted = await tx
    .insertInto('order_events')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['env', 'place']).doNothing())
    .returning(['env', 'place'])
    .execute();
  const news = new Set(inserted.map(({ env, place }) => `${env}/${place}`));
  const added = incoming.filter(({ stored, told }) => news.has(`${stored.env}/${told.place}`));
  const keys = added.flatMap(({ stored: { env }, told: { place, keys: all } }) =>
    all.map((key) => ({ env, place, key: storableText(key) })),
  );
  if (keys.length > 0) await tx.insertInto('order_event_keys').values(keys).execute();
  const byEnv = Map.groupBy(added, ({ stored }) => stored.env);
  return new Map([...byEnv].map(([env, list]) => [env, list.map(({ told }) => told)]));
}

function timeOf({ time }: CloudEvent): Date | undefined {
  const at = new Date(typeof time === 'string' ? time : Number.NaN);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

interface Place {
  readonly env: string;
  readonly now: Date;
  readonly settings: RuleSettings;
}

/** Replaces the rows of every order that the new events touch. */
async function foldAgain(
  tx: Transaction<Tables>,
  { env, now, settings }: Place,
  added: readonly ToldEvent[],
): Promise<WrittenOrder[]> {
  const { keys, events } = await reachable(tx, env, new Set(added.flatMap((told) => told.keys)));
  const groups = groupOrders(events);
  await sql`delete from orders where env = ${env} and (order_id = any(${groups.map(({ orderId }) => storableText(orderId))}::text[])
    or order_id in (select order_id from order_keys where env = ${env} and key = any(${[...keys]}::text[])))`.execute(
    tx,
  );
  for (const group of groups) {
    const { row, state } = foldedOrder(env, group);
    await tx.insertInto('orders').values(row).execute();
    const { order_id } = row;
    await tx
      .insertInto('order_keys')
      .values(group.keys.map((key) => ({ env, key: storableText(key), order_id })))
      .execute();
    const told = group.events.flatMap(({ event }) => (event ? [event] : []));
    const identifiers = identifiersOf(group.keys, told).map(({ system, type, scope, value }) => ({
      ...{ env, order_id, system: storableText(system), type: storableText(type), scope: storableText(scope) },
      value: storableText(value, MAX_IDENTIFIER_LENGTH),
    }));
    if (identifiers.length > 0) await tx.insertInto('order_identifiers').values(identifiers).execute();
    const issues = issueRows({ env, order_id }, state, settings);
    if (issues.length > 0) await tx.insertInto('order_issues').values(issues).execute();
    const due_at = nextLook(state, now, settings);
    if (due_at !== undefined) await tx.insertInto('order_looks').values({ env, order_id, due_at }).execute();
  }
  return groups.map(({ orderId }) => ({ env, orderId: storableText(orderId) }));
}

/** All events of the orders that these keys name, and of those that a link joins, or once joined, to them. */
async function reachable(
  tx: Transaction<Tables>,
  env: string,
  from: ReadonlySet<string>,
): Promise<{ keys: ReadonlySet<string>; events: DatedEvent[] }> {
  const keys = new Set<string>();
  const events = new Map<string, DatedEvent>();
  for (let next = from; next.size > 0; ) {
    const asked = [...next].map((key) => storableText(key));
    for (const key of next) keys.add(key);
    const rows = await tx
      .selectFrom('order_events')
      .select(['place', 'event', 'happened_at', 'received_at'])
      .where('env', '=', env)
      .where(
        sql<boolean>`place in (select place from order_event_keys where env = ${env} and key = any(${asked}::text[]))`,
      )
      .where(sql<boolean>`not place = any(${[...events.keys()]}::text[])`)
      .execute();
    const found = new Set<string>();
    for (const { place, event, happened_at, received_at: storedAt } of rows) {
      const [keyHash = '', idHash = ''] = place.split('.');
      const told = toldEvent({ env, keyHash, idHash, storedAt, event });
      events.set(place, { ...told, happenedAt: happened_at });
      for (const key of told.keys) if (!keys.has(key)) found.add(key);
    }
    next = found;
  }
  return { keys, events: [...events.values()] };
}
