import { isAllowed, type OrderDetail, type OrderPage } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { sql } from 'kysely';
import type { ApiOptions } from '../api.ts';
import { callerIn } from '../caller-in.ts';
import type { Handlers } from '../mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf } from '../paging.ts';
import { readFunnel } from './order-funnel.ts';
import { type OrderSearch, readOrderPlace, searchOrders } from './order-search.ts';
import { orderDetail, orderView } from './order-view.ts';

type OrderRoutes = 'listOrders' | 'searchOrders' | 'getOrderFunnel' | 'getOrder';

/** Orders, as all systems' events tell them together. */
export function orderHandlers(options: ApiOptions): Pick<Handlers, OrderRoutes> {
  const { kysely } = options.db;
  return {
    listOrders: async ({ query }) => ({ status: 200, body: await readPage(options, query) }),
    searchOrders: async ({ body }) => ({ status: 200, body: await readPage(options, body) }),
    getOrderFunnel: async ({ query: { env } }) => ({ status: 200, body: await readFunnel(kysely, env) }),
    async getOrder({ params: { orderId }, query: { env }, ...call }) {
      const withData = isAllowed(callerIn(call).role, 'payloads:read', { env });
      return { status: 200, body: await readOrder(options, { env, key: orderId, withData }) };
    },
  };
}

async function readPage(
  { db, vault }: ApiOptions,
  { limit = DEFAULT_LIMIT, cursor, ...search }: OrderSearch & { limit?: number; cursor?: string },
): Promise<OrderPage> {
  const rows = await searchOrders(db.kysely, vault, search, { limit: limit + 1, after: readOrderPlace(cursor) });
  return pageOf(rows.map(orderView), limit, ({ beganAt, orderId, env }) => cursorOf(beganAt, orderId, env));
}

/** An order by any of its keys, so that an address stays good when orders are linked. Throws `API_NOT_FOUND`. */
async function readOrder(
  { db }: ApiOptions,
  { env, key, withData }: { env: string; key: string; withData: boolean },
): Promise<OrderDetail> {
  return db.snapshot(async (tx) => {
    const row = await tx
      .selectFrom('orders')
      .selectAll()
      .where('env', '=', env)
      .where(sql<boolean>`order_id in (select order_id from order_keys where env = ${env} and key = ${key})`)
      .executeTakeFirst();
    if (!row) throw new FlowError('API_NOT_FOUND', { details: { what: 'order', id: key } });
    const { order_id } = row;
    const keys = await tx
      .selectFrom('order_keys')
      .select('key')
      .where('env', '=', env)
      .where('order_id', '=', order_id)
      .orderBy('key')
      .execute();
    const identifiers = await tx
      .selectFrom('order_identifiers')
      .selectAll()
      .where('env', '=', env)
      .where('order_id', '=', order_id)
      .orderBy('system')
      .orderBy('type')
      .orderBy('value')
      .execute();
    const events = await tx
      .selectFrom('order_events')
      .leftJoin('executions', 'executions.execution_id', 'order_events.execution_id')
      .selectAll('order_events')
      .select('executions.flow_id')
      .where('order_events.env', '=', env)
      .where(
        sql<boolean>`order_events.place in (select place from order_event_keys where env = ${env} and key = any(${keys.map(
          (one) => one.key,
        )}::text[]))`,
      )
      .orderBy('happened_at', 'desc')
      .orderBy('received_at', 'desc')
      .orderBy('place')
      .execute();
    return orderDetail(row, { keys: keys.map((one) => one.key), identifiers, events, withData });
  });
}
