import type { Subscription, SubscriptionFailure } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Tables } from '../../store/index.ts';

export type SubscriptionRow = Selectable<Tables['subscriptions']>;

export function subscriptionView(
  row: SubscriptionRow,
  { waiting, failing }: { waiting: number | undefined; failing: number },
): Subscription {
  return {
    ...{ subscriptionId: row.subscription_id, env: row.env, settings: row.settings, state: row.state },
    ...{ waiting: waiting ?? null, failing, deliveredAt: timeOrNull(row.delivered_at) },
    ...{ updatedAt: row.updated_at.toISOString(), updatedBy: row.updated_by },
  };
}

export function failureView(row: Selectable<Tables['subscription_failures']>): SubscriptionFailure {
  return {
    ...{ eventId: row.event_id, type: row.type, orderKey: row.order_key, attempts: row.attempts, error: row.error },
    ...{ firstAt: row.first_at.toISOString(), lastAt: row.last_at.toISOString() },
    ...{ nextAt: timeOrNull(row.next_at), deliveredAt: timeOrNull(row.delivered_at) },
  };
}

/** Events that each subscription has not delivered yet although it tried. */
export async function countFailing(kysely: Kysely<Tables>): Promise<ReadonlyMap<string, number>> {
  const rows = await kysely
    .selectFrom('subscription_failures')
    .select(({ fn }) => ['subscription_id', fn.countAll<string>().as('count')])
    .where('delivered_at', 'is', null)
    .groupBy('subscription_id')
    .execute();
  return new Map(rows.map(({ subscription_id, count }) => [subscription_id, Number(count)]));
}

/** Throws `API_NOT_FOUND`. */
export async function lockSubscription(
  tx: Transaction<Tables>,
  { env, subscriptionId }: { env: string; subscriptionId: string },
): Promise<SubscriptionRow> {
  const row = await tx
    .selectFrom('subscriptions')
    .selectAll()
    .where('env', '=', env)
    .where('subscription_id', '=', subscriptionId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new FlowError('API_NOT_FOUND', { details: { what: 'subscription', id: subscriptionId } });
  return row;
}

const timeOrNull = (time: Date | null): string | null => time?.toISOString() ?? null;
