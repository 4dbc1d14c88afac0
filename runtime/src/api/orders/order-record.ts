import { FlowError } from '@crossdock/errors';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../store/index.ts';
import type { OrderRecord } from './order-view.ts';

/** An order's row by any of its keys, so that an address stays good when orders are linked. Throws `API_NOT_FOUND`. */
export async function orderRecord(
  kysely: Kysely<Tables>,
  { env, key }: { env: string; key: string },
): Promise<OrderRecord> {
  const row = await kysely
    .selectFrom('orders')
    .selectAll()
    .where('env', '=', env)
    .where(sql<boolean>`order_id in (select order_id from order_keys where env = ${env} and key = ${key})`)
    .executeTakeFirst();
  if (row) return row;
  throw new FlowError('API_NOT_FOUND', { details: { what: 'order', id: key } });
}
