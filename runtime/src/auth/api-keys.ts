import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { ApiKey, Role } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import type { Selectable } from 'kysely';
import type { RecordChange, Recorded } from '../audit/index.ts';
import type { Logger } from '../log.ts';
import type { Database, Tables } from '../store/index.ts';
import type { Caller } from './caller.ts';

/** Machine keys: 256 random bits, kept as SHA-256 only (so long a random value needs no slow hash). */
export interface ApiKeys {
  /** The caller behind a key; undefined when there is none such. Looked up at most every 10 s for one key. Throws `API_KEY_EXPIRED`. */
  verify(key: string): Promise<Caller | undefined>;
  list(page: { limit: number; after?: string }): Promise<ApiKey[]>;
  /** Makes a key, or takes the one given; `key` is its value, never shown again. A given key that exists stays as it is. */
  create(
    wanted: { name: string; role: Role; createdBy: string; expiresAt?: Date; key?: string },
    record: RecordChange,
  ): Promise<{ key: ApiKey & { key: string }; audited: Recorded }>;
  /** Throws `API_NOT_FOUND`. */
  remove(keyId: string, record: RecordChange): Promise<Recorded>;
}

const CACHE_MS = 10_000;
const TOUCH_EVERY_MS = 60_000;
const MAX_CACHED = 1_000;
const PREFIX = 'cdk_';
const START_LENGTH = 8;
const UUID = /^[0-9a-f-]{36}$/;

interface Known {
  caller: Caller;
  until: number;
  expiresAt: Date | null;
  usedAt: number;
}

export function createApiKeys(db: Database, log: Logger, now: () => number = Date.now): ApiKeys {
  const cache = new Map<string, Known>();
  const { kysely } = db;

  const look = async (hash: string): Promise<Known | undefined> => {
    const cached = cache.get(hash);
    if (cached && cached.until > now()) return cached;
    cache.delete(hash);
    const row = await kysely.selectFrom('api_keys').selectAll().where('hash', '=', hash).executeTakeFirst();
    if (!row) return undefined;
    const caller: Caller = { via: 'api-key', id: row.key_id, name: row.name, email: null, role: row.role as Role };
    const usedAt = row.last_used_at?.getTime() ?? 0;
    const known = { caller, until: now() + CACHE_MS, expiresAt: row.expires_at, usedAt };
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(hash, known);
    return known;
  };
  const touch = async (known: Known): Promise<void> => {
    if (now() - known.usedAt < TOUCH_EVERY_MS) return;
    known.usedAt = now();
    await kysely
      .updateTable('api_keys')
      .set({ last_used_at: new Date(known.usedAt) })
      .where('key_id', '=', known.caller.id)
      .execute();
  };

  return {
    async verify(key) {
      const hash = hashOf(key);
      const known = await look(hash);
      if (!known) return undefined;
      const { caller, expiresAt } = known;
      if (expiresAt && expiresAt.getTime() <= now())
        throw new FlowError('API_KEY_EXPIRED', { details: { expiredAt: expiresAt.toISOString() } });
      // Nobody waits for it, and a request does not fail for it.
      touch(known).catch((error) => log.warn({ err: error }, 'when an API key was last used could not be noted'));
      return caller;
    },
    async list({ limit, after }) {
      let query = kysely.selectFrom('api_keys').selectAll().orderBy('key_id').limit(limit);
      if (after !== undefined) query = query.where('key_id', '>', after);
      return (await query.execute()).map(keyOf);
    },
    async create({ name, role, createdBy, expiresAt, key = PREFIX + randomBytes(32).toString('base64url') }, record) {
      const hash = hashOf(key);
      return db.transaction(async (tx) => {
        await tx
          .insertInto('api_keys')
          .values({
            key_id: randomUUID(),
            name,
            role,
            hash,
            start: key.slice(0, START_LENGTH),
            created_at: new Date(),
            created_by: createdBy,
            expires_at: expiresAt ?? null,
          })
          .onConflict((conflict) => conflict.column('hash').doNothing())
          .execute();
        const row = await tx.selectFrom('api_keys').selectAll().where('hash', '=', hash).executeTakeFirstOrThrow();
        const made = keyOf(row);
        return { key: { ...made, key }, audited: await record({ id: made.keyId, name: made.name, after: made }, tx) };
      });
    },
    async remove(keyId, record) {
      const { hash, audited } = await db.transaction(async (tx) => {
        const removed = UUID.test(keyId)
          ? await tx.deleteFrom('api_keys').where('key_id', '=', keyId).returningAll().executeTakeFirst()
          : undefined;
        if (!removed) throw new FlowError('API_NOT_FOUND', { details: { what: 'API key', id: keyId } });
        return {
          hash: removed.hash,
          audited: await record({ id: keyId, name: removed.name, before: keyOf(removed) }, tx),
        };
      });
      cache.delete(hash);
      return audited;
    },
  };
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function keyOf(row: Omit<Selectable<Tables['api_keys']>, 'hash'>): ApiKey {
  const { key_id: keyId, name, role, start, created_at: createdAt, created_by: createdBy } = row;
  return {
    ...{ keyId, name, role: role as Role, start, createdBy },
    createdAt: createdAt.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}
