import { randomUUID } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../store/index.ts';

/** What is kept of a person's password; null when there is none. */
export async function passwordHashOf(db: Kysely<Tables>, userId: string): Promise<string | null> {
  const row = await db.selectFrom('account').select('password').where('userId', '=', userId).executeTakeFirst();
  return row?.password ?? null;
}

export async function hasPassword(db: Kysely<Tables>, userId: string): Promise<boolean> {
  return (await passwordHashOf(db, userId)) !== null;
}

/** Gives a person a password, or with null takes it away; a link to set one is used up by it. */
export async function setPassword(tx: Transaction<Tables>, userId: string, hash: string | null): Promise<void> {
  await tx.deleteFrom('password_links').where('user_id', '=', userId).execute();
  const known = await tx
    .updateTable('account')
    .set({ password: hash })
    .where('userId', '=', userId)
    .returning('id')
    .executeTakeFirst();
  if (known) return;
  await tx
    .insertInto('account')
    .values({ id: randomUUID(), accountId: userId, providerId: 'credential', userId, password: hash })
    .execute();
}
