import { ORDER_STEPS, type OrderFunnel } from '@crossdock/api-contract';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../store/index.ts';

/** How many orders of an environment are how far. Closed ones are left out: nothing more is expected of them. */
export async function readFunnel(kysely: Kysely<Tables>, env: string): Promise<OrderFunnel> {
  const rows = await kysely
    .selectFrom('orders')
    .select(['step', 'currency'])
    .select(sql<number>`count(*)::int`.as('count'))
    .select(sql<number>`(count(*) filter (where is_pending))::int`.as('pending'))
    .select(sql<string | null>`sum(amount)::text`.as('amount'))
    .select(sql<Date>`min(step_since)`.as('oldest'))
    .where('env', '=', env)
    .where('lifecycle', '<>', 'closed')
    .groupBy(['step', 'currency'])
    .orderBy('currency')
    .execute();
  const byStep = Map.groupBy(rows, ({ step }) => step);
  const steps = ORDER_STEPS.map((step) => {
    const own = byStep.get(step) ?? [];
    const sum = (of: 'count' | 'pending') => own.reduce((total, row) => total + row[of], 0);
    const oldest = Math.min(...own.map((row) => row.oldest.getTime()));
    return {
      step,
      count: sum('count'),
      pending: sum('pending'),
      values: own.flatMap(({ amount, currency }) =>
        amount === null || currency === null ? [] : [{ amount, currency }],
      ),
      ...(own.length === 0 ? {} : { oldestSince: new Date(oldest).toISOString() }),
    };
  });
  return { steps };
}
