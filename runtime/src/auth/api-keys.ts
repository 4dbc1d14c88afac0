import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { ApiKey, Role } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import type { RecordChange, Recorded } from '../audit/index.ts';
import type { Database } from '../store/index.ts';
import type { Caller } from './caller.ts';

/** Machine keys: 256 random bits, kept as SHA-256 only (so long a random value needs no slow hash). */
export interface ApiKeys {
  /** The caller behind a key; undefined when there is none such. Looked up at most every 10 s for one key. */
  verify(key: string): Promise<Caller | undefined>;
  list(page: { limit: number; after?: string }): Promise<ApiKey[]>;
  /** Makes a key, or takes the one given; `key` is its value, never shown again. A given key that exists stays as it is. */
  create(
    wanted: { name: string; role: Role; createdBy: string; key?: string },
    record: RecordChange,
  ): Promise<{ key: ApiKey & { key: string }; audited: Recorded }>;
  /** Throws `API_NOT_FOUND`. */
  remove(keyId: string, record: RecordChange): Promise<Recorded>;
}

const CACHE_MS = 10_000;
const MAX_CACHED = 1_000;
const PREFIX = 'cdk_';
const START_LENGTH = 8;
const UUID = /^[0-9a-f-]{36}$/;

export function createApiKeys(db: Database, now: () => number = Date.now): ApiKeys {
  const cache = new Map<string, { caller: Caller; until: number }>();
  const { kysely } = db;

  return {
    async verify(key) {
      const hash = hashOf(key);
      const cached = cache.get(hash);
      if (cached && cached.until > now()) return cached.caller;
      cache.delete(hash);
      const row = await kysely.selectFrom('api_keys').selectAll().where('hash', '=', hash).executeTakeFirst();
      if (!row) return undefined;
      const caller: Caller = { via: 'api-key', id: row.key_id, name: row.name, email: null, role: row.role as Role };
      if (cache.size >= MAX_CACHED) cache.clear();
      cache.set(hash, { caller, until: now() + CACHE_MS });
      return caller;
    },
    async list({ limit, after }) {
      let query = kysely.selectFrom('api_keys').selectAll().orderBy('key_id').limit(limit);
      if (after !== undefined) query = query.where('key_id', '>', after);
      return (await query.execute()).map(keyOf);
    },
    async create({ name, role, createdBy, key = PREFIX + randomBytes(32).toString('base64url') }, record) {
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
          })
          .onConflict((conflict) => conflict.column('hash').doNothing())
          .execute();
        const row = await tx.selectFrom('api_keys').selectAll().where('hash', '=', hash).executeTakeFirstOrThrow();
        const made = keyOf(row);
        return { key: { ...made, key }, audited: await record({ id: made.keyId, after: made }, tx) };
      });
    },
    async remove(keyId, record) {
      const { hash, audited } = await db.transaction(async (tx) => {
        const removed = UUID.test(keyId)
          ? await tx.deleteFrom('api_keys').where('key_id', '=', keyId).returningAll().executeTakeFirst()
          : undefined;
        if (!removed) throw new FlowError('API_NOT_FOUND', { details: { what: 'API key', id: keyId } });
        return { hash: removed.hash, audited: await record({ id: keyId, before: keyOf(removed) }, tx) };
      });
      cache.delete(hash);
      return audited;
    },
  };
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function keyOf(row: { key_id: string; name: string; role: string; start: string; created_at: Date }): ApiKey {
  const { key_id: keyId, name, role, start, created_at: createdAt } = row;
  return { keyId, name, role: role as Role, start, createdAt: createdAt.toISOString() };
}
