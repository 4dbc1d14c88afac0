import type { OrderFacets } from '@crossdock/api-contract';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../store/index.ts';
import { issueTitle } from './issue-words.ts';

/** By what the orders of an environment can be narrowed. */
export async function readFacets(kysely: Kysely<Tables>, env: string): Promise<OrderFacets> {
  const channels = await kysely
    .selectFrom('orders')
    .select('channel')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('env', '=', env)
    .where('channel', 'is not', null)
    .groupBy('channel')
    .orderBy('channel')
    .execute();
  const issues = await kysely
    .selectFrom('order_issues')
    .select(['kind', 'code', 'owner'])
    .select(sql<number>`count(distinct order_id)::int`.as('count'))
    .select(sql<Date>`min(since)`.as('oldest'))
    .where('env', '=', env)
    .groupBy(['kind', 'code', 'owner'])
    .orderBy('count', 'desc')
    .orderBy('code')
    .orderBy('owner')
    .execute();
  return {
    channels: channels.flatMap(({ channel, count }) => (channel === null ? [] : [{ channel, count }])),
    issues: issues.map(({ kind, code, owner, count, oldest }) => ({
      ...{ kind, code, title: issueTitle({ kind, code }), count, oldestSince: new Date(oldest).toISOString() },
      ...(owner === null ? {} : { owner }),
    })),
  };
}
