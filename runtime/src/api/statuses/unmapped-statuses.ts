import type { UnmappedStatus } from '@crossdock/api-contract';
import { refOfKey, statusEntry } from '@crossdock/orders';
import { type Kysely, sql } from 'kysely';
import { statusMapIn } from '../../statuses/index.ts';
import type { Tables } from '../../store/index.ts';
import { publishedMaps } from './status-map-rows.ts';

const DAYS = 30;
const MOST = 200;
const PREFIX = 'status:';

/** Statuses that flows met in the last days and that are not mapped by now, those met most often first. */
export async function readUnmapped(kysely: Kysely<Tables>, env: string): Promise<UnmappedStatus[]> {
  const { rows } = await sql<{ id: string; count: number; orders: number; last_at: Date; last_order: string }>`
    select event->'data'->>'exceptionId' as id, count(*)::int as count, count(distinct key)::int as orders,
      max(received_at) as last_at, (array_agg(key order by received_at desc))[1] as last_order
    from order_events
    where env = ${env} and received_at > now() - make_interval(days => ${DAYS})
      and event->>'type' = 'com.platform.exception.raised.v1' and event->'data'->>'code' = 'STATUS_UNMAPPED'
    group by 1 order by 2 desc, 4 desc limit ${MOST}`.execute(kysely);
  const maps = await publishedMaps(kysely, env);
  return rows.flatMap(({ id, count, orders, last_at, last_order }) => {
    const met = metStatus(id);
    if (!met || statusEntry(statusMapIn(maps, met.system).entries, met)) return [];
    return [{ ...met, count, orders, lastAt: new Date(last_at).toISOString(), lastOrder: last_order }];
  });
}

/** A status that a flow met. */
export type MetStatus = Pick<UnmappedStatus, 'system' | 'document' | 'status'>;

/** Which status an exception is about, as its id says; undefined for another exception. */
export function metStatus(exceptionId: string | null): MetStatus | undefined {
  const ref = exceptionId?.startsWith(PREFIX) ? refOfKey(exceptionId.slice(PREFIX.length)) : undefined;
  return ref && { system: ref.system, document: ref.type, status: ref.id };
}
