import { randomUUID } from 'node:crypto';
import type { Bus } from '@crossdock/bus';
import { type ConnectionManifest, credentialFields, filledSettings, hostsOf } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import { sql, type Transaction } from 'kysely';
import type { RecordChange, Recorded } from '../audit/index.ts';
import { type Database, storableJson, type Tables } from '../store/index.ts';
import { type KeyRing, openCredentials, sealCredentials } from '../vault/index.ts';
import {
  checkCredentials,
  checkNeeded,
  checkSettings,
  connectionTypeOf,
  expiryOf,
  wrong,
} from './check-connection-input.ts';
import { auditedConnection, type ConnectionRow, publishedOf, readConnection } from './connection-rows.ts';
import { readChannelUses, readConnectionUses, useKey } from './connection-usage.ts';

export interface ConnectionStore {
  readonly db: Database;
  readonly bus: Bus;
  readonly keyRing: KeyRing;
}

/** Who changes a connection, and where that is recorded. */
interface By {
  readonly by: string;
  readonly record: RecordChange;
}

type Settings = Readonly<Record<string, unknown>>;
/** null takes one away. */
type GivenCredentials = Readonly<Record<string, string | null>>;

export interface NewConnection extends By {
  readonly env: string;
  readonly name: string;
  readonly type: string;
  readonly settings: Settings;
  readonly credentials?: GivenCredentials | undefined;
}

/**
 * Adds a connection, in SQL and on the bus alike: when the bus is away nothing changes. Throws `API_BAD_REQUEST` with the field,
 * `API_NOT_FOUND` for the environment, `API_CONFLICT`.
 */
export async function createConnection(
  { db, bus, keyRing }: ConnectionStore,
  { env, name, type, settings, credentials = {}, by, record }: NewConnection,
): Promise<{ row: ConnectionRow; audited: Recorded }> {
  const manifest = connectionTypeOf(type);
  checkSettings(manifest, settings);
  checkCredentials(manifest, settings, credentials);
  checkNeeded(manifest, settings, withoutNull(credentials));
  return db.transaction(async (tx) => {
    await lockEnvironment(tx, env);
    const now = new Date();
    const owner = { id: randomUUID(), env, name, type };
    const row = await tx
      .insertInto('connections')
      .values({
        ...{ connection_id: owner.id, env, name, type, version: 1 },
        ...valuesOf(manifest, { owner, settings, credentials: withoutNull(credentials), states: {}, by, now, keyRing }),
        ...{ created_at: now, created_by: by },
      })
      .onConflict((conflict) => conflict.columns(['env', 'name']).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) throw new FlowError('API_CONFLICT', { details: { what: `the connection "${name}" in ${env}` } });
    const audited = await record({ id: name, env, after: auditedConnection(row) }, tx);
    await bus.registry.putConnection(publishedOf(row));
    return { row, audited };
  });
}

export interface ConnectionChange extends By {
  readonly settings: Settings;
  readonly credentials?: GivenCredentials | undefined;
  /** The version that was read. */
  readonly version?: number | undefined;
}

/**
 * Replaces the settings and sets credentials; those left out stay. A credential never goes to an address that it was not entered for: with a new
 * one all have to be entered again. Throws `API_BAD_REQUEST` with the field, `API_STALE`.
 */
export async function updateConnection(
  { db, bus, keyRing }: ConnectionStore,
  connectionId: string,
  { settings, credentials = {}, version, by, record }: ConnectionChange,
): Promise<{ row: ConnectionRow; audited: Recorded }> {
  return db.transaction(async (tx) => {
    const old = await lockConnection(tx, connectionId);
    if (version !== undefined && version !== old.version) throw new FlowError('API_STALE');
    const manifest = connectionTypeOf(old.type);
    checkSettings(manifest, settings);
    checkCredentials(manifest, settings, credentials);
    const kept = keptCredentials(manifest, old, { settings, credentials, keyRing });
    const now = new Date();
    const { env, name, type } = old;
    const owner = { id: connectionId, env, name, type };
    const all = { ...kept, ...withoutNull(credentials) };
    checkNeeded(manifest, settings, all);
    const states = Object.fromEntries(Object.entries(old.credentials).filter(([field]) => field in kept));
    const row = await tx
      .updateTable('connections')
      .set({
        ...valuesOf(manifest, { owner, settings, credentials: all, states, by, now, keyRing }),
        version: old.version + 1,
      })
      .where('connection_id', '=', connectionId)
      .returningAll()
      .executeTakeFirstOrThrow();
    const change = { before: auditedConnection(old), after: auditedConnection(row) };
    const audited = await record({ id: name, env, ...change }, tx);
    await bus.registry.putConnection(publishedOf(row));
    return { row, audited };
  });
}

/** Removes a connection. Throws `API_IN_USE` while an active deployment of its environment, a channel of alarms or a subscription names it. */
export async function deleteConnection(
  { db, bus }: ConnectionStore,
  connectionId: string,
  { record }: Pick<By, 'record'>,
): Promise<Recorded> {
  return db.transaction(async (tx) => {
    const row = await lockConnection(tx, connectionId);
    const { env, name } = row;
    const uses = (await readConnectionUses(tx, [env])).get(useKey(env, name)) ?? [];
    const active = uses.filter(({ revision }) => revision !== null);
    if (active.length > 0) {
      const flows = [...new Set(active.map(({ flowName, revision }) => `"${flowName}" (revision ${revision})`))];
      const reason = `${flows.join(', ')} in ${env} ${flows.length === 1 ? 'calls' : 'call'} with it`;
      throw new FlowError('API_IN_USE', { details: { what: 'connection', id: name, reason } });
    }
    const channels = (await readChannelUses(tx)).get(useKey(env, name)) ?? [];
    if (channels.length > 0) {
      const reason = `alarms go out by it, through ${channels.map((channel) => `"${channel.name}"`).join(', ')} on the page Health`;
      throw new FlowError('API_IN_USE', { details: { what: 'connection', id: name, reason } });
    }
    const subscribers = await tx
      .selectFrom('subscriptions')
      .select('name')
      .where('env', '=', env)
      .where(sql`settings->>'connection'`, '=', name)
      .orderBy('name')
      .execute();
    if (subscribers.length > 0) {
      const reason = `events of orders go out by it, to ${subscribers.map((one) => `"${one.name}"`).join(', ')}`;
      throw new FlowError('API_IN_USE', { details: { what: 'connection', id: name, reason } });
    }
    await tx.deleteFrom('connections').where('connection_id', '=', connectionId).execute();
    const audited = await record({ id: name, env, before: auditedConnection(row) }, tx);
    await bus.registry.deleteConnection(env, name);
    return audited;
  });
}

/** Held by a deployment too: who deploys and who deletes what is used take turns. Throws `API_NOT_FOUND`. */
async function lockEnvironment(tx: Transaction<Tables>, env: string): Promise<void> {
  const known = await tx
    .selectFrom('environments')
    .select('name')
    .where('name', '=', env)
    .forUpdate()
    .executeTakeFirst();
  if (!known) throw new FlowError('API_NOT_FOUND', { details: { what: 'environment', id: env } });
}

async function lockConnection(tx: Transaction<Tables>, connectionId: string): Promise<ConnectionRow> {
  const { env } = await readConnection(tx, connectionId);
  await lockEnvironment(tx, env);
  // Read again: it may have been changed or removed while this waited for the lock.
  return readConnection(tx, connectionId);
}

/** Credentials that stay as they are, opened: those that the settings still use and the change does not name. */
function keptCredentials(
  manifest: ConnectionManifest,
  old: ConnectionRow,
  change: { settings: Settings; credentials: GivenCredentials; keyRing: KeyRing },
): Record<string, string> {
  const used = credentialFields(manifest, change.settings).map(({ name }) => name);
  const kept = used.filter((name) => name in old.credentials && !(name in change.credentials));
  const [first] = kept;
  if (first === undefined || !old.sealed) return {};
  const hosts = hostsOf(manifest, filledSettings(manifest, old.settings));
  const added = hostsOf(manifest, filledSettings(manifest, change.settings)).filter((host) => !hosts.includes(host));
  if (added.length > 0)
    throw wrong(`credentials.${first}`, `must be entered again, as the connection now calls ${added.join(', ')}`);
  const { connection_id: id, env, name, type } = old;
  const opened = openCredentials(change.keyRing, { id, env, name, type, hosts }, old.sealed);
  return Object.fromEntries(kept.flatMap((field) => (opened[field] === undefined ? [] : [[field, opened[field]]])));
}

function valuesOf(
  manifest: ConnectionManifest,
  wanted: {
    owner: { id: string; env: string; name: string; type: string };
    settings: Settings;
    credentials: Readonly<Record<string, string>>;
    /** Of those that stay. */
    states: ConnectionRow['credentials'];
    by: string;
    now: Date;
    keyRing: KeyRing;
  },
) {
  const { owner, settings, credentials, states, by, now, keyRing } = wanted;
  const hosts = hostsOf(manifest, filledSettings(manifest, settings));
  const fresh = { changedAt: now.toISOString(), changedBy: by };
  const isAnySet = Object.keys(credentials).length > 0;
  return {
    settings: storableJson(settings),
    sealed: isAnySet ? JSON.stringify(sealCredentials(keyRing, { ...owner, hosts }, credentials)) : null,
    credentials: storableJson(
      Object.fromEntries(Object.keys(credentials).map((field) => [field, states[field] ?? fresh])),
    ),
    expires_at: expiryOf(manifest, settings),
    last_check: null,
    updated_at: now,
    updated_by: by,
  };
}

function withoutNull(credentials: GivenCredentials): Record<string, string> {
  return Object.fromEntries(
    Object.entries(credentials).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}
