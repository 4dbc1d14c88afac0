import { isAllowed, type OrderDetail, type OrderPage } from '@crossdock/api-contract';
import { sql } from 'kysely';
import { readRuleSettings } from '../../projector/orders/rule-looks.ts';
import type { ApiOptions } from '../api.ts';
import { callerIn } from '../caller-in.ts';
import type { Handlers } from '../mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf } from '../paging.ts';
import { readFacets } from './order-facets.ts';
import { orderFailures } from './order-failures.ts';
import { readFunnel } from './order-funnel.ts';
import { orderRecord } from './order-record.ts';
import { type OrderSearch, readOrderPlace, searchOrders } from './order-search.ts';
import { orderDetail, orderView } from './order-view.ts';
import { shareCostly } from './share-costly.ts';

type OrderRoutes = 'listOrders' | 'searchOrders' | 'getOrderFunnel' | 'getOrderFacets' | 'getOrder';

/** Orders, as all systems' events tell them together. */
export function orderHandlers(options: ApiOptions): Pick<Handlers, OrderRoutes> {
  const { kysely } = options.db;
  // With 50,000 orders each takes the database a tenth of a second, and every page that is open asks after every burst of events.
  const funnelOf = shareCostly((env) => readFunnel(kysely, env));
  const facetsOf = shareCostly((env) => readFacets(kysely, env));
  return {
    listOrders: async ({ query }) => ({ status: 200, body: await readPage(options, query) }),
    searchOrders: async ({ body }) => ({ status: 200, body: await readPage(options, body) }),
    getOrderFunnel: async ({ query: { env } }) => ({ status: 200, body: await funnelOf(env) }),
    getOrderFacets: async ({ query: { env } }) => ({ status: 200, body: await facetsOf(env) }),
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
  const settings = await settingsOf(db.kysely, new Set(rows.map(({ env }) => env)));
  const views = rows.map((row) => orderView(row, settings.get(row.env)!));
  return pageOf(views, limit, ({ beganAt, orderId, env }) => cursorOf(beganAt, orderId, env));
}

async function settingsOf(kysely: ApiOptions['db']['kysely'], envs: ReadonlySet<string>) {
  const each = [...envs].map(async (env) => [env, await readRuleSettings(kysely, env)] as const);
  return new Map(await Promise.all(each));
}

/** Throws `API_NOT_FOUND`. */
async function readOrder(
  { db, bus, log }: ApiOptions,
  { env, key, withData }: { env: string; key: string; withData: boolean },
): Promise<OrderDetail> {
  return db.snapshot(async (tx) => {
    const row = await orderRecord(tx, { env, key });
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
    const executionIds = [...new Set(events.flatMap(({ execution_id }) => execution_id ?? []))];
    return orderDetail(row, {
      ...{ keys: keys.map((one) => one.key), identifiers, events, withData, now: new Date() },
      settings: await readRuleSettings(tx, env),
      failures: await orderFailures({ bus, log }, tx, { env, identifiers, executionIds }),
      connections: bus.registry.connections().filter((connection) => connection.env === env),
    });
  });
}
