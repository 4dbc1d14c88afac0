import type { StoredXref } from '@crossdock/bus';
import { ORDER_LINK_SOURCE, ORDER_REF_TYPES, type OrderEvent, orderKeyOf, orderLinkEvent } from '@crossdock/orders';
import { type LinkedId, lists, type Origin } from '@crossdock/xref';
import { sql } from 'kysely';
import { type Database, storableText } from '../../store/index.ts';
import type { WrittenOrder } from '../orders/write-orders.ts';

/** An event about an order of an environment, to be emitted. */
export interface OrderLink {
  readonly env: string;
  readonly event: OrderEvent;
}

/** The entity whose ids name orders. */
const ENTITY = 'order';
const ORIGINS = { person: 'user', proposal: 'user', import: 'import', flow: 'rule' } as const satisfies Record<
  Origin,
  string
>;

/**
 * What orders have not been told of: that ids which a cross-reference has beside one of theirs name them, too. Only orders that are written are found, so
 * this is asked both when a reference and when an order changes. Asking again before the events have come back gives the same events.
 */
export async function linksToTell(
  { kysely }: Database,
  changed: { records: readonly StoredXref[] } | { orders: readonly WrittenOrder[] },
): Promise<OrderLink[]> {
  const isOfRecords = 'records' in changed;
  const places = isOfRecords
    ? changed.records
        .filter(({ record }) => record.entity === ENTITY)
        .map(({ env, record }) => ({ env, id: record.recordId }))
    : changed.orders.map(({ env, orderId }) => ({ env, id: orderId }));
  if (places.length === 0) return [];
  const place = sql`(${sql.ref(isOfRecords ? 'x.env' : 'o.env')}, ${sql.ref(isOfRecords ? 'x.record_id' : 'o.order_id')}::text)`;
  const found = await sql<{ env: string; order_id: string; ids: LinkedId[]; updated_at: Date; known: string[] }>`
    select r.env, named.order_id, r.ids, r.updated_at, (
      select array_agg(k.system || ' ' || k.value) from order_identifiers k
      where k.env = r.env and k.order_id = named.order_id and k.type = any(${[...ORDER_REF_TYPES]}::text[])) as known
    from (
      select distinct x.env, x.record_id, o.order_id from xref_ids x
      join order_identifiers o on o.env = x.env and o.value = x.id and o.system = x.system
      where x.entity = ${ENTITY} and o.type = any(${[...ORDER_REF_TYPES]}::text[])
        and ${place} in (select * from unnest(${places.map(({ env }) => env)}::text[], ${places.map(({ id }) => id)}::text[]))
    ) named
    join xref_records r on r.env = named.env and r.record_id = named.record_id
    order by r.env, named.order_id, r.record_id`.execute(kysely);
  return found.rows.flatMap(({ env, order_id, ids, updated_at: at, known }) =>
    ids
      .filter(({ system, id }) => !known.includes(`${system} ${storableText(id)}`))
      .map((id) => ({
        env,
        event: orderLinkEvent('xref.linked', [order_id, orderKeyOf(id)], { at, origin: ORIGINS[id.origin] }),
      })),
  );
}

/** What orders were told of ids that these records have no more. To be asked, and emitted, before the records are written: then what was there is gone. */
export async function linksToTakeBack({ kysely }: Database, batch: readonly StoredXref[]): Promise<OrderLink[]> {
  const links: OrderLink[] = [];
  const orders = batch.filter(({ record }) => record.entity === ENTITY);
  for (const { env, rev, storedAt: at, record } of orders) {
    const old = await kysely
      .selectFrom('xref_records')
      .select('ids')
      .where('env', '=', env)
      .where('record_id', '=', record.recordId)
      .where('rev', '<', rev)
      .executeTakeFirst();
    const gone = (old?.ids ?? []).filter(
      (id) => !lists(record, id) && !orders.some((other) => other.env === env && lists(other.record, id)),
    );
    for (const id of gone) {
      for (const keys of await toldOf(kysely, env, orderKeyOf(id)))
        links.push({ env, event: orderLinkEvent('xref.unlinked', keys, { at }) });
    }
  }
  return links;
}

/** The pairs of keys of which orders were told that one names the other. */
async function toldOf(kysely: Database['kysely'], env: string, key: string): Promise<[string, string][]> {
  const rows = await sql<{ keys: [string, string] }>`
    select distinct e.event -> 'data' -> 'keys' as keys from order_event_keys k
    join order_events e on e.env = k.env and e.place = k.place
    where k.env = ${env} and k.key = ${storableText(key)} and e.event ->> 'source' = ${ORDER_LINK_SOURCE}`.execute(
    kysely,
  );
  return rows.rows.map(({ keys }) => keys);
}
