import { errorToJson, type FlowError } from '@crossdock/errors';
import type { Kysely } from 'kysely';
import { storableJson, storableText, type Tables } from '../store/index.ts';
import type { LeavingEvent } from './leaving-event.ts';

type Db = { readonly kysely: Kysely<Tables> };

/** Notes an attempt that failed. Gives when the first one was and how many there were. */
export async function noteFailure(
  { kysely }: Db,
  subscriptionId: string,
  { event, error, at }: { event: LeavingEvent; error: FlowError; at: Date },
): Promise<{ firstAt: Date; attempts: number }> {
  const told = storableJson(errorToJson(error));
  const row = await kysely
    .insertInto('subscription_failures')
    .values({
      ...{ subscription_id: subscriptionId, place: event.place, event_id: storableText(event.id) },
      ...{ type: storableText(event.type), order_key: storableText(event.orderKey) },
      ...{ attempts: 1, first_at: at, last_at: at, next_at: null, delivered_at: null, error: told },
    })
    .onConflict((conflict) =>
      conflict.columns(['subscription_id', 'place']).doUpdateSet(({ eb, ref, case: when }) => ({
        // A replay sends again what arrived after all: it begins anew.
        attempts: when()
          .when('subscription_failures.delivered_at', 'is', null)
          .then(eb(ref('subscription_failures.attempts'), '+', 1))
          .else(1)
          .end(),
        first_at: when()
          .when('subscription_failures.delivered_at', 'is', null)
          .then(ref('subscription_failures.first_at'))
          .else(ref('excluded.first_at'))
          .end(),
        ...{ last_at: at, next_at: null, delivered_at: null, error: told },
      })),
    )
    .returning(['first_at', 'attempts'])
    .executeTakeFirstOrThrow();
  return { firstAt: new Date(row.first_at), attempts: row.attempts };
}

/** Says when a failed event is tried next. */
export async function noteNext({ kysely }: Db, subscriptionId: string, place: string, at: Date): Promise<void> {
  await kysely
    .updateTable('subscription_failures')
    .set({ next_at: at })
    .where('subscription_id', '=', subscriptionId)
    .where('place', '=', place)
    .execute();
}

/** Notes that an event arrived. */
export async function noteDelivery({ kysely }: Db, subscriptionId: string, place: string, at: Date): Promise<void> {
  await kysely
    .updateTable('subscriptions')
    .set({ delivered_at: at })
    .where('subscription_id', '=', subscriptionId)
    .execute();
  await kysely
    .updateTable('subscription_failures')
    .set({ delivered_at: at, next_at: null })
    .where('subscription_id', '=', subscriptionId)
    .where('place', '=', place)
    .where('delivered_at', 'is', null)
    .execute();
}

/** Forgets what did not arrive, so that it is tried for as long again. */
export async function forgetUndelivered(kysely: Pick<Kysely<Tables>, 'deleteFrom'>, subscriptionId: string) {
  await kysely
    .deleteFrom('subscription_failures')
    .where('subscription_id', '=', subscriptionId)
    .where('delivered_at', 'is', null)
    .execute();
}
