import type { Connection } from '@crossdock/api-contract';
import { connectionTypes } from '@crossdock/connectors/manifests';
import {
  ConnectionMemories,
  type ConnectionRow,
  connectionOf,
  createConnection,
  deleteConnection,
  flowsIn,
  listChoices,
  publishedOf,
  readChannelUses,
  readConnection,
  readConnectionUses,
  rewrapConnections,
  rotateConnection,
  tryConnection,
  updateConnection,
  useKey,
} from '../connections/index.ts';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import type { Handlers } from './mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readCursor } from './paging.ts';

type ConnectionRoutes =
  | 'connectionTypes'
  | 'listConnections'
  | 'createConnection'
  | 'getConnection'
  | 'updateConnection'
  | 'deleteConnection'
  | 'checkConnection'
  | 'rotateConnection'
  | 'listChoices'
  | 'connectionUsage'
  | 'rewrapConnections';

/** Settings and credentials of other systems; no answer holds a credential. */
export function connectionHandlers(options: ApiOptions): Pick<Handlers, ConnectionRoutes> {
  const { db, keyRing, http, connect, log } = options;
  const memories = new ConnectionMemories();
  return {
    async connectionTypes() {
      return { status: 200, body: { items: connectionTypes.map((manifest) => ({ ...manifest })), nextCursor: null } };
    },
    async listConnections({ query: { limit = DEFAULT_LIMIT, cursor, env, name, type } }) {
      const [afterName = '', afterEnv = ''] = readCursor(cursor, 2) ?? [];
      let rows = db.kysely.selectFrom('connections').selectAll();
      if (env !== undefined) rows = rows.where('env', '=', env);
      if (name !== undefined) rows = rows.where('name', '=', name);
      if (type !== undefined) rows = rows.where('type', '=', type);
      if (cursor !== undefined)
        rows = rows.where((eb) =>
          eb.or([eb('name', '>', afterName), eb.and([eb('name', '=', afterName), eb('env', '>', afterEnv)])]),
        );
      const found = await rows
        .orderBy('name')
        .orderBy('env')
        .limit(limit + 1)
        .execute();
      const page = pageOf(found, limit, (row) => cursorOf(row.name, row.env));
      return { status: 200, body: { ...page, items: await shown(page.items) } };
    },
    async createConnection({ body, audit: { record }, ...call }) {
      const by = callerIn(call).name;
      const { row, audited } = await createConnection(options, { ...body, by, record });
      log.info({ by, env: row.env, connection: row.name, type: row.type }, 'a connection was made');
      return { status: 201, body: await shownOne(row), audited };
    },
    async getConnection({ params: { connectionId } }) {
      return { status: 200, body: await shownOne(await readConnection(db.kysely, connectionId)) };
    },
    async updateConnection({ params: { connectionId }, body, audit: { record }, allowIn, ...call }) {
      allowIn((await readConnection(db.kysely, connectionId)).env);
      const by = callerIn(call).name;
      const { row, audited } = await updateConnection(options, connectionId, { ...body, by, record });
      log.info({ by, env: row.env, connection: row.name, version: row.version }, 'a connection was changed');
      return { status: 200, body: await shownOne(row), audited };
    },
    async deleteConnection({ params: { connectionId }, audit: { record }, allowIn, ...call }) {
      const { env, name } = await readConnection(db.kysely, connectionId);
      allowIn(env);
      const audited = await deleteConnection(options, connectionId, { record });
      log.info({ by: callerIn(call).name, env, connection: name }, 'a connection was removed');
      return { status: 204, body: null, audited };
    },
    async checkConnection({ params: { connectionId }, allowIn, ...call }) {
      const row = await readConnection(db.kysely, connectionId);
      allowIn(row.env);
      const check = await tryConnection(publishedOf(row), keyRing, { http: http(row.env), connect: connect(row.env) });
      await db.kysely
        .updateTable('connections')
        .set({ last_check: JSON.stringify(check) })
        .where('connection_id', '=', connectionId)
        // What was changed meanwhile was not tried.
        .where('version', '=', row.version)
        .execute();
      const { ok, code } = check;
      log.info({ by: callerIn(call).name, env: row.env, connection: row.name, ok, code }, 'a connection was checked');
      return { status: 200, body: check };
    },
    async rotateConnection({ params: { connectionId }, audit: { record }, allowIn, ...call }) {
      const old = await readConnection(db.kysely, connectionId);
      allowIn(old.env);
      const by = callerIn(call).name;
      const { row, audited } = await rotateConnection(options, old, { http: http(old.env), by, record });
      log.info({ by, env: row.env, connection: row.name, version: row.version }, 'the credentials were made anew');
      return { status: 200, body: await shownOne(row), audited };
    },
    async listChoices({ params: { connectionId }, query: { of, within = '' }, allowIn }) {
      const row = await readConnection(db.kysely, connectionId);
      allowIn(row.env);
      const ports = { keyRing, http: http(row.env), memories };
      const items = await listChoices(publishedOf(row), { of, within }, ports);
      return { status: 200, body: { items: [...items], nextCursor: null } };
    },
    async connectionUsage({ params: { connectionId } }) {
      const { env, name } = await readConnection(db.kysely, connectionId);
      const uses = (await readConnectionUses(db.kysely, [env])).get(useKey(env, name)) ?? [];
      return { status: 200, body: { items: [...uses], nextCursor: null } };
    },
    async rewrapConnections({ audit: { record }, ...call }) {
      const { result, audited } = await rewrapConnections(options, record);
      const { rewrapped, unreadable } = result;
      log.info({ by: callerIn(call).name, rewrapped, unreadable: unreadable.length }, 'connections were wrapped anew');
      return { status: 200, body: result, audited };
    },
  };

  async function shown(rows: readonly ConnectionRow[]) {
    const uses = await readConnectionUses(db.kysely, [...new Set(rows.map(({ env }) => env))]);
    const channels = await readChannelUses(db.kysely);
    return rows.map((row) => {
      const key = useKey(row.env, row.name);
      return connectionOf(row, { usedBy: flowsIn(uses.get(key)), channels: [...(channels.get(key) ?? [])] });
    });
  }

  async function shownOne(row: ConnectionRow) {
    const [connection] = await shown([row]);
    return connection as Connection;
  }
}
