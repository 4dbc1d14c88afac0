import { randomUUID } from 'node:crypto';
import { errorToJson, FlowError } from '@crossdock/errors';
import type { Insertable, Transaction } from 'kysely';
import type { RecordChange } from '../../audit/index.ts';
import { storableJson, storableText, type Tables } from '../../store/index.ts';
import { forgetUndelivered, readerName, sendEvent } from '../../subscriptions/index.ts';
import type { ApiOptions } from '../api.ts';
import { callerIn } from '../caller-in.ts';
import { lockEnvironment, readEnvironment } from '../environments/environment-rows.ts';
import type { Handlers } from '../mount.ts';
import { checkedSettings } from './checked-settings.ts';
import {
  countFailing,
  failureView,
  lockSubscription,
  type SubscriptionRow,
  subscriptionView,
} from './subscription-rows.ts';

type SubscriptionRoutes =
  | 'listSubscriptions'
  | 'createSubscription'
  | 'putSubscription'
  | 'deleteSubscription'
  | 'testSubscription'
  | 'pauseSubscription'
  | 'resumeSubscription'
  | 'replaySubscription'
  | 'listSubscriptionFailures';

const TEST_TYPE = 'com.crossdock.subscription.test.v1';
const MOST_FAILURES = 100;

/** Who gets events of orders. They are posted through connections: addresses and secrets rest there alone. */
export function subscriptionHandlers(options: ApiOptions): Pick<Handlers, SubscriptionRoutes> {
  const { db, bus } = options;
  const shown = async (row: SubscriptionRow) => {
    const [waiting, failing] = await Promise.all([
      bus.eventReaders.waiting(readerName(row.subscription_id)),
      countFailing(db.kysely),
    ]);
    return subscriptionView(row, { waiting, failing: failing.get(row.subscription_id) ?? 0 });
  };

  return {
    async listSubscriptions({ params: { env } }) {
      await readEnvironment(db, env);
      const rows = await db.kysely
        .selectFrom('subscriptions')
        .selectAll()
        .where('env', '=', env)
        .orderBy('name')
        .execute();
      return { status: 200, body: { items: await Promise.all(rows.map(shown)), nextCursor: null } };
    },
    async createSubscription({ params: { env }, body, audit, ...call }) {
      const settings = checkedSettings(options, env, body.settings);
      const now = new Date();
      const { row, audited } = await db.transaction(async (tx) => {
        await lockEnvironment(tx, env);
        await refuseNamesake(tx, { env, name: settings.name });
        const made = await tx
          .insertInto('subscriptions')
          .values({
            ...{ subscription_id: randomUUID(), env, ...columnsOf(settings), state: 'active', version: 1 },
            ...{ since: now, is_rewound: false, updated_at: now, updated_by: callerIn(call).name },
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        const { subscription_id: id, name } = made;
        return { row: made, audited: await audit.record({ id, name, env, after: settings }, tx) };
      });
      return { status: 201, body: await shown(row), audited };
    },
    async putSubscription({ params, body, audit, ...call }) {
      const settings = checkedSettings(options, params.env, body.settings);
      const { row, audited } = await db.transaction(async (tx) => {
        const before = await lockSubscription(tx, params);
        if (settings.name !== before.name) await refuseNamesake(tx, { env: params.env, name: settings.name });
        const changed = await change(tx, before, columnsOf(settings), callerIn(call).name);
        const { subscription_id: id, name, env } = changed;
        const sides = { before: before.settings, after: settings };
        return { row: changed, audited: await audit.record({ id, name, env, ...sides }, tx) };
      });
      return { status: 200, body: await shown(row), audited };
    },
    async deleteSubscription({ params, audit }) {
      const audited = await db.transaction(async (tx) => {
        const { subscription_id: id, name, env, settings } = await lockSubscription(tx, params);
        await tx.deleteFrom('subscriptions').where('subscription_id', '=', id).execute();
        return audit.record({ id, name, env, before: settings }, tx);
      });
      // Who delivers it ends within a second, and removes it once more.
      await bus.eventReaders.remove(readerName(params.subscriptionId));
      return { status: 204, body: null, audited };
    },
    async testSubscription({ params, audit, ...call }) {
      const { name, env, settings } = await db.transaction((tx) => lockSubscription(tx, params));
      const id = randomUUID();
      const event = {
        ...{ specversion: '1.0', id, source: `urn:crossdock:${env}`, type: TEST_TYPE, time: new Date().toISOString() },
        ...{ datacontenttype: 'application/json', data: { subscription: name, by: callerIn(call).name } },
      };
      const sent = { webhookId: `test_${id}`, body: JSON.stringify(event), signal: new AbortController().signal };
      const error = await sendEvent(options, env, settings, sent);
      const result = { delivered: !error, ...(error ? { error: errorToJson(error) } : {}) };
      const after = { delivered: result.delivered };
      return {
        status: 200,
        body: result,
        audited: await audit.record({ id: params.subscriptionId, name, env, after }),
      };
    },
    pauseSubscription: ({ params, audit, ...call }) =>
      moved({ params, by: callerIn(call).name, record: audit.record }, async () => ({ state: 'paused' as const })),
    resumeSubscription: ({ params, audit, ...call }) =>
      moved({ params, by: callerIn(call).name, record: audit.record }, async (tx, { subscription_id }) => {
        await forgetUndelivered(tx, subscription_id);
        return { state: 'active' as const };
      }),
    replaySubscription: ({ params, body: { since }, audit, ...call }) =>
      moved({ params, by: callerIn(call).name, record: audit.record }, async (tx, { subscription_id, state }) => {
        if (Date.parse(since) > Date.now())
          throw new FlowError('API_BAD_REQUEST', {
            details: { path: 'field "since"', reason: 'lies in the future. Give a time that has passed' },
          });
        await forgetUndelivered(tx, subscription_id);
        const kept = state === 'paused' ? state : ('active' as const);
        return { state: kept, since: new Date(since), is_rewound: true };
      }),
    async listSubscriptionFailures({ params }) {
      await db.transaction((tx) => lockSubscription(tx, params));
      const rows = await db.kysely
        .selectFrom('subscription_failures')
        .selectAll()
        .where('subscription_id', '=', params.subscriptionId)
        .orderBy('last_at', 'desc')
        .limit(MOST_FAILURES)
        .execute();
      return { status: 200, body: { items: rows.map(failureView), nextCursor: null } };
    },
  };

  /** Pauses, resumes or replays, and tells what changed. */
  async function moved(
    { params, by, record }: { params: { env: string; subscriptionId: string }; by: string; record: RecordChange },
    columns: (tx: Transaction<Tables>, row: SubscriptionRow) => Promise<Columns>,
  ) {
    const { row, audited } = await db.transaction(async (tx) => {
      const before = await lockSubscription(tx, params);
      const changed = await change(tx, before, await columns(tx, before), by);
      const { subscription_id: id, name, env } = changed;
      const sides = { before: standOf(before), after: standOf(changed) };
      return { row: changed, audited: await record({ id, name, env, ...sides }, tx) };
    });
    return { status: 200 as const, body: await shown(row), audited };
  }
}

type Columns = Partial<
  Pick<Insertable<Tables['subscriptions']>, 'name' | 'settings' | 'state' | 'since' | 'is_rewound'>
>;

/** As the next version, so that whoever delivers takes it up anew. */
function change(tx: Transaction<Tables>, row: SubscriptionRow, columns: Columns, by: string): Promise<SubscriptionRow> {
  return tx
    .updateTable('subscriptions')
    .set({ ...columns, version: row.version + 1, updated_at: new Date(), updated_by: by })
    .where('subscription_id', '=', row.subscription_id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

const columnsOf = (settings: { readonly name: string }) => ({
  name: storableText(settings.name),
  settings: storableJson(settings),
});

const standOf = ({ state, is_rewound, since }: SubscriptionRow) => ({
  state,
  ...(is_rewound ? { since: since.toISOString() } : {}),
});

async function refuseNamesake(tx: Transaction<Tables>, { env, name }: { env: string; name: string }): Promise<void> {
  const namesake = await tx
    .selectFrom('subscriptions')
    .select('name')
    .where('env', '=', env)
    .where('name', '=', storableText(name))
    .executeTakeFirst();
  if (namesake) throw new FlowError('API_CONFLICT', { details: { what: `the subscription "${name}"` } });
}
