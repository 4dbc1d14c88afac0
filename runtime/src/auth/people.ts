import { randomUUID } from 'node:crypto';
import type { Role, PasswordLink as ShownLink, User } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import type { Transaction } from 'kysely';
import type { RecordChange, Recorded } from '../audit/index.ts';
import type { Database, Tables } from '../store/index.ts';
import { makePasswordLink } from './password-links.ts';
import { hasPassword, setPassword } from './passwords.ts';

/** A link to set a password, without the address of this installation: who asks knows that. */
export type PasswordLink = Omit<ShownLink, 'url'>;

/** The people who may sign in. There is always an admin among them who can, once the first was made. */
export interface People {
  list(page: { limit: number; after?: string }): Promise<User[]>;
  /** Throws `API_CONFLICT` when the e-mail is taken. */
  create(
    wanted: { email: string; name: string; password: string; role: Role },
    record: RecordChange,
  ): Promise<{ user: User; audited: Recorded }>;
  /** Adds a person who has no password yet, but a link to set one. Throws `API_CONFLICT`. */
  invite(
    wanted: { email: string; name: string; role: Role },
    record: RecordChange,
  ): Promise<{ link: PasswordLink; audited: Recorded }>;
  /** Takes the password away, ends the sessions and gives a link to set a new one. Throws `API_NOT_FOUND`. */
  reset(userId: string, record: RecordChange): Promise<{ link: PasswordLink; audited: Recorded }>;
  /** Disabling ends the sessions and takes a link away. Throws `API_NOT_FOUND`, `API_LAST_ADMIN`. */
  setDisabled(userId: string, disabled: boolean, record: RecordChange): Promise<{ user: User; audited: Recorded }>;
  /** A new password ends the person's sessions. Throws `API_NOT_FOUND`, `API_LAST_ADMIN`. */
  update(
    userId: string,
    change: { name?: string; role?: Role; password?: string },
    record: RecordChange,
  ): Promise<{ user: User; audited: Recorded }>;
  /** Ends the person's sessions too. Throws `API_NOT_FOUND`, `API_LAST_ADMIN`. */
  remove(userId: string, record: RecordChange): Promise<Recorded>;
}

/** @param hashPassword Better Auth's own, so that its sign-in can check what is stored */
export function createPeople(db: Database, hashPassword: (password: string) => Promise<string>): People {
  return {
    async list({ limit, after }) {
      let query = db.kysely
        .selectFrom('user')
        .selectAll('user')
        .select((eb) =>
          eb
            .exists(
              eb
                .selectFrom('account')
                .select('account.id')
                .whereRef('account.userId', '=', 'user.id')
                .where('password', 'is not', null),
            )
            .as('hasPassword'),
        )
        .orderBy('email')
        .limit(limit);
      if (after !== undefined) query = query.where('email', '>', after);
      return (await query.execute()).map((row) => userOf(row, Boolean(row.hasPassword)));
    },
    async create({ password, ...wanted }, record) {
      const hash = await hashPassword(password);
      return db.transaction(async (tx) => {
        const person = await insertPerson(tx, wanted);
        await setPassword(tx, person.id, hash);
        const user = userOf(person, true);
        return { user, audited: await record({ id: user.userId, name: user.email, after: user }, tx) };
      });
    },
    async invite(wanted, record) {
      return db.transaction(async (tx) => {
        const user = userOf(await insertPerson(tx, wanted), false);
        const link = { user, ...(await makePasswordLink(tx, user.userId, 'invite')) };
        return { link, audited: await record({ id: user.userId, name: user.email, after: user }, tx) };
      });
    },
    async reset(userId, record) {
      return db.transaction(async (tx) => {
        const { person, before } = await lockPerson(tx, userId);
        await setPassword(tx, userId, null);
        await endSessions(tx, userId);
        const user = userOf(person, false);
        const link = { user, ...(await makePasswordLink(tx, userId, 'reset')) };
        return { link, audited: await record({ id: userId, name: user.email, before, after: user }, tx) };
      });
    },
    async setDisabled(userId, disabled, record) {
      return db.transaction(async (tx) => {
        const { person, before } = await lockPerson(tx, userId);
        if (disabled) {
          await refuseLastAdmin(tx, person);
          await endSessions(tx, userId);
          await tx.deleteFrom('password_links').where('user_id', '=', userId).execute();
        }
        await tx.updateTable('user').set({ disabled }).where('id', '=', userId).execute();
        const user = userOf({ ...person, disabled }, await hasPassword(tx, userId));
        return { user, audited: await record({ id: userId, name: user.email, before, after: user }, tx) };
      });
    },
    async update(userId, { name, role, password }, record) {
      const hash = password === undefined ? undefined : await hashPassword(password);
      return db.transaction(async (tx) => {
        const { person, before } = await lockPerson(tx, userId);
        if (role !== undefined && role !== 'admin') await refuseLastAdmin(tx, person);
        if (hash !== undefined) {
          await setPassword(tx, userId, hash);
          await endSessions(tx, userId);
        }
        const changed = { name: name ?? person.name, role: role ?? person.role };
        await tx.updateTable('user').set(changed).where('id', '=', userId).execute();
        const user = userOf({ ...person, ...changed }, await hasPassword(tx, userId));
        // That there is a new password is told, not what it is.
        const news = hash === undefined ? {} : { passwordChanged: true };
        return {
          user,
          audited: await record({ id: userId, name: user.email, before, after: { ...user, ...news } }, tx),
        };
      });
    },
    async remove(userId, record) {
      return db.transaction(async (tx) => {
        const { person, before } = await lockPerson(tx, userId);
        await refuseLastAdmin(tx, person);
        await tx.deleteFrom('user').where('id', '=', userId).execute();
        return record({ id: userId, name: person.email, before }, tx);
      });
    },
  };
}

type Person = { id: string; name: string; email: string; role: string; disabled: boolean; createdAt: Date };

async function insertPerson(
  tx: Transaction<Tables>,
  { email: given, name, role }: { email: string; name: string; role: Role },
): Promise<Person> {
  const email = given.toLowerCase();
  const added = await tx
    .insertInto('user')
    .values({ id: randomUUID(), name, email, role, emailVerified: true, createdAt: new Date() })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!added) throw new FlowError('API_CONFLICT', { details: { what: `the person "${email}"` } });
  return added;
}

async function lockPerson(tx: Transaction<Tables>, userId: string): Promise<{ person: Person; before: User }> {
  const person = await tx.selectFrom('user').selectAll().where('id', '=', userId).forUpdate().executeTakeFirst();
  if (!person) throw new FlowError('API_NOT_FOUND', { details: { what: 'person', id: userId } });
  return { person, before: userOf(person, await hasPassword(tx, userId)) };
}

/** Locks every admin, so that two admins who remove each other at once do not both succeed. */
async function refuseLastAdmin(tx: Transaction<Tables>, person: Person): Promise<void> {
  if (person.role !== 'admin' || person.disabled) return;
  const admins = await tx
    .selectFrom('user')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled', '=', false)
    .orderBy('id')
    .forUpdate()
    .execute();
  if (admins.length === 1) throw new FlowError('API_LAST_ADMIN');
}

async function endSessions(tx: Transaction<Tables>, userId: string): Promise<void> {
  await tx.deleteFrom('session').where('userId', '=', userId).execute();
}

function userOf({ id, email, name, role, disabled, createdAt }: Person, canSignIn: boolean): User {
  const status = disabled ? 'disabled' : canSignIn ? 'active' : 'pending';
  return { userId: id, email, name, role: role as Role, status, createdAt: createdAt.toISOString() };
}
