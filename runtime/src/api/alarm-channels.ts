import { randomUUID } from 'node:crypto';
import type { AlarmChannelBody, AlarmDelivery, AlarmNotice } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { sql, type Transaction } from 'kysely';
import { sendTest } from '../alarms/index.ts';
import { storableJson, storableText, type Tables } from '../store/index.ts';
import { signingTrouble } from '../webhooks/index.ts';
import { channelView, deliveryView, rowId, selectDeliveries } from './alarm-rows.ts';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import type { Handlers } from './mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readPlace } from './paging.ts';

type ChannelRoutes =
  | 'listAlarmChannels'
  | 'createAlarmChannel'
  | 'updateAlarmChannel'
  | 'deleteAlarmChannel'
  | 'testAlarmChannel'
  | 'listAlarmDeliveries';

/** Channels reach out through connections: what addresses and secrets there are rests there alone. */
export function alarmChannelHandlers(options: ApiOptions): Pick<Handlers, ChannelRoutes> {
  const { db } = options;
  return {
    async listAlarmChannels() {
      const rows = await db.kysely.selectFrom('alarm_channels').selectAll().orderBy('name').execute();
      const items = await Promise.all(
        rows.map(async (row) => channelView(row, (await rulesOf(db.kysely, row.channel_id)).length)),
      );
      return { status: 200, body: { items, nextCursor: null } };
    },
    async createAlarmChannel({ body, audit: { record }, ...call }) {
      const by = callerIn(call).name;
      return db.transaction(async (tx) => {
        const row = await tx
          .insertInto('alarm_channels')
          .values({ channel_id: randomUUID(), ...columnsOf(options, body), updated_at: new Date(), updated_by: by })
          .onConflict((conflict) => conflict.column('name').doNothing())
          .returningAll()
          .executeTakeFirst();
        if (!row) throw nameTaken(body.name);
        const channel = channelView(row, 0);
        const audited = await record(
          { id: channel.channelId, name: channel.name, env: body.target.env, after: channel },
          tx,
        );
        return { status: 201, body: channel, audited };
      });
    },
    async updateAlarmChannel({ params: { channelId }, body, audit: { record }, ...call }) {
      const by = callerIn(call).name;
      return db.transaction(async (tx) => {
        const rules = (await rulesOf(tx, channelId)).length;
        const before = channelView(await lockChannel(tx, channelId), rules);
        const namesake = await tx
          .selectFrom('alarm_channels')
          .select('channel_id')
          .where('name', '=', storableText(body.name))
          .where('channel_id', '<>', channelId)
          .executeTakeFirst();
        if (namesake) throw nameTaken(body.name);
        const row = await tx
          .updateTable('alarm_channels')
          .set({ ...columnsOf(options, body), updated_at: new Date(), updated_by: by })
          .where('channel_id', '=', channelId)
          .returningAll()
          .executeTakeFirstOrThrow();
        const channel = channelView(row, rules);
        const audited = await record(
          { id: channelId, name: channel.name, env: body.target.env, before, after: channel },
          tx,
        );
        return { status: 200, body: channel, audited };
      });
    },
    async deleteAlarmChannel({ params: { channelId }, audit: { record } }) {
      return db.transaction(async (tx) => {
        const before = channelView(await lockChannel(tx, channelId), 0);
        const rules = await rulesOf(tx, channelId);
        if (rules.length > 0) {
          const reason = `these rules send to it: ${rules.map(({ name }) => name).join(', ')}`;
          throw new FlowError('API_IN_USE', { details: { what: 'the channel', id: before.name, reason } });
        }
        await tx.deleteFrom('alarm_channels').where('channel_id', '=', channelId).execute();
        const audited = await record({ id: channelId, name: before.name, env: before.target.env, before }, tx);
        return { status: 204, body: null, audited };
      });
    },
    async testAlarmChannel({ params: { channelId }, audit: { record }, ...call }) {
      const by = callerIn(call).name;
      const { name, target } = await db.transaction((tx) => lockChannel(tx, channelId));
      const notice = testNotice({ name, env: target.env, by, url: `${options.baseUrl}/health?tab=channels` });
      const deliveryId = await sendTest(options, { channelId, target, notice });
      const row = await selectDeliveries(db).where('delivery_id', '=', deliveryId).executeTakeFirstOrThrow();
      const delivery = deliveryView(row);
      const audited = await record({ id: channelId, name, env: target.env, after: { status: delivery.status } });
      return { status: 200, body: delivery, audited };
    },
    async listAlarmDeliveries({ query: { limit = DEFAULT_LIMIT, cursor, channelId } }) {
      let query = selectDeliveries(db);
      if (channelId !== undefined)
        query = query.where('alarm_deliveries.channel_id', '=', rowId('alarm channel', channelId));
      const after = readPlace(cursor);
      if (after)
        query = query.where((eb) =>
          eb(
            eb.refTuple('alarm_deliveries.created_at', 'alarm_deliveries.delivery_id'),
            '<',
            eb.tuple(after.at, after.executionId),
          ),
        );
      const rows = await query
        .orderBy('alarm_deliveries.created_at', 'desc')
        .orderBy('alarm_deliveries.delivery_id', 'desc')
        .limit(limit + 1)
        .execute();
      const next = ({ createdAt, deliveryId }: AlarmDelivery) => cursorOf(createdAt, deliveryId);
      return { status: 200, body: pageOf(rows.map(deliveryView), limit, next) };
    },
  };
}

async function lockChannel(tx: Transaction<Tables>, channelId: string) {
  const row = await tx
    .selectFrom('alarm_channels')
    .selectAll()
    .where('channel_id', '=', rowId('alarm channel', channelId))
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new FlowError('API_NOT_FOUND', { details: { what: 'alarm channel', id: channelId } });
  return row;
}

function rulesOf(kysely: Pick<Transaction<Tables>, 'selectFrom'>, channelId: string) {
  return kysely
    .selectFrom('alarm_rules')
    .select('name')
    .where(sql<boolean>`channels @> ${JSON.stringify([channelId])}::jsonb`)
    .orderBy('name')
    .execute();
}

/** Throws `API_BAD_REQUEST` for a target that lacks what its kind needs, or names a connection that does not fit. */
function columnsOf({ bus }: ApiOptions, { name, target }: AlarmChannelBody) {
  const { kind, env, connection } = target;
  const wrong = (field: string, reason: string) =>
    new FlowError('API_BAD_REQUEST', { details: { path: `body /target/${field}`, reason } });
  if (kind === 'email' && !target.to) throw wrong('to', 'is missing: say who gets the mail');
  if (kind === 'email' && target.path !== undefined) throw wrong('path', 'is for webhooks only');
  if (kind === 'webhook' && target.to) throw wrong('to', 'is for e-mail only');
  if (kind === 'webhook') {
    const trouble = signingTrouble(bus.registry, env, connection);
    if (trouble !== undefined) throw wrong('connection', trouble);
  } else {
    const found = bus.registry.connection(env, connection);
    if (!found) throw wrong('connection', `names "${connection}", which does not exist in ${env}`);
    if (found.type !== 'smtp')
      throw wrong('connection', `must be of type smtp; "${connection}" in ${env} is ${found.type}`);
  }
  return { name: storableText(name), target: storableJson(target) };
}

function testNotice({ name, env, by, url }: { name: string; env: string; by: string; url: string }): AlarmNotice {
  const at = new Date().toISOString();
  return {
    ...{ event: 'test', alarmId: null, rule: 'Test of a channel', severity: 'info', subject: name, env },
    ...{ flowId: null, flowName: null },
    summary: `${by} tries out the channel “${name}”. Nothing is wrong.`,
    ...{ value: 0, since: at, at, url },
  };
}

function nameTaken(name: string): FlowError {
  return new FlowError('API_CONFLICT', { details: { what: `the channel "${name}"` } });
}
