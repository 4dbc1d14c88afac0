import type { ErrorJson } from '@crossdock/errors';
import type { SubscriptionSettings } from '@crossdock/orders';
import type { ColumnType } from 'kysely';

type Json<T> = ColumnType<T, string, string>;
type Time = ColumnType<Date, Date | string, Date | string>;
type TimeOrNull = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

/** Who gets events of orders. How far each is, its durable consumer on the bus knows. */
export interface SubscriptionTables {
  subscriptions: {
    subscription_id: string;
    env: string;
    /** Unique in the environment. */
    name: string;
    settings: Json<SubscriptionSettings>;
    /** `stopped`: an event could not be delivered for too long. */
    state: 'active' | 'paused' | 'stopped';
    /** Counts up with each change: who delivers by an older one takes it up anew. */
    version: number;
    /** Everything stored before it was looked at; where a consumer begins that has to be made. */
    since: Time;
    /** Its consumer has to begin anew at `since`. */
    is_rewound: boolean;
    delivered_at: TimeOrNull;
    updated_at: Time;
    updated_by: string;
  };
  /** The events that were not delivered at once. */
  subscription_failures: {
    subscription_id: string;
    /** Where the event rests. */
    place: string;
    event_id: string;
    type: string;
    order_key: string;
    attempts: number;
    first_at: Time;
    last_at: Time;
    /** Null where it is not tried again by itself. */
    next_at: TimeOrNull;
    delivered_at: TimeOrNull;
    error: Json<ErrorJson>;
  };
}
