import { createHash, randomBytes } from 'node:crypto';
import type { LinkOwner, Role } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import type { Kysely, Transaction } from 'kysely';
import type { RecordChange, Recorded } from '../audit/index.ts';
import type { Database, Tables } from '../store/index.ts';
import type { Caller } from './caller.ts';
import { setPassword } from './passwords.ts';

/** One-time links by which people set their own passwords: 256 random bits, kept as SHA-256 only. */
export interface PasswordLinks {
  /** Whom it is for. Throws `API_LINK_INVALID` for one that is used, replaced, out of date or made up. */
  read(token: string): Promise<LinkOwner>;
  /** Sets the password and uses the link up. Throws `API_LINK_INVALID`. */
  use(token: string, password: string, recordBy: (person: Caller) => RecordChange): Promise<Recorded>;
}

type Purpose = LinkOwner['purpose'];

const HOUR_MS = 3_600_000;
const LIFE_MS: Readonly<Record<Purpose, number>> = { invite: 7 * 24 * HOUR_MS, reset: 24 * HOUR_MS };
/** The token stands behind `#`: browsers send that to no server, so that it rests in no log. */
const PAGE = '/password#';

export function createPasswordLinks(db: Database, hashPassword: (password: string) => Promise<string>): PasswordLinks {
  return {
    async read(token) {
      const { email, name, purpose, expires_at } = await findLink(db.kysely, token);
      return { email, name, purpose, expiresAt: expires_at.toISOString() };
    },
    async use(token, password, recordBy) {
      await findLink(db.kysely, token);
      const hash = await hashPassword(password);
      return db.transaction(async (tx) => {
        const { id, name, email, role, purpose } = await findLink(tx, token);
        // Deleting is what uses it up: of two at once, one finds nothing to delete.
        const used = await tx
          .deleteFrom('password_links')
          .where('token_hash', '=', hashOf(token))
          .returning('user_id')
          .executeTakeFirst();
        if (!used) throw new FlowError('API_LINK_INVALID');
        await setPassword(tx, id, hash);
        const person: Caller = { via: 'session', id, name, email, role: role as Role };
        return recordBy(person)({ id, after: { purpose } }, tx);
      });
    },
  };
}

/** Makes a person's link; the one before it no longer works. */
export async function makePasswordLink(
  tx: Transaction<Tables>,
  userId: string,
  purpose: Purpose,
): Promise<{ path: string; expiresAt: string }> {
  const token = randomBytes(32).toString('base64url');
  const now = Date.now();
  const expiresAt = new Date(now + LIFE_MS[purpose]);
  await tx.deleteFrom('password_links').where('user_id', '=', userId).execute();
  await tx
    .insertInto('password_links')
    .values({
      user_id: userId,
      token_hash: hashOf(token),
      purpose,
      expires_at: expiresAt,
      created_at: new Date(now),
    })
    .execute();
  return { path: PAGE + token, expiresAt: expiresAt.toISOString() };
}

async function findLink(db: Kysely<Tables>, token: string) {
  const link = await db
    .selectFrom('password_links')
    .innerJoin('user', 'user.id', 'password_links.user_id')
    .select(['user.id', 'user.name', 'user.email', 'user.role', 'user.disabled', 'purpose', 'expires_at'])
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst();
  if (!link || link.disabled || link.expires_at.getTime() <= Date.now()) throw new FlowError('API_LINK_INVALID');
  return link;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
