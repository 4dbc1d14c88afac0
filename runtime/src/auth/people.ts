import { randomUUID } from 'node:crypto';
import type { Role, User } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import type { Transaction } from 'kysely';
import type { RecordChange, Recorded } from '../audit/index.ts';
import type { Database, Tables } from '../store/index.ts';

/** The people who may sign in. There is always an admin among them once the first was made. */
export interface People {
  list(page: { limit: number; after?: string }): Promise<User[]>;
  /** Throws `API_CONFLICT` when the e-mail is taken. */
  create(
    wanted: { email: string; name: string; password: string; role: Role },
    record: RecordChange,
  ): Promise<{ user: User; audited: Recorded }>;
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
      let query = db.kysely.selectFrom('user').selectAll().orderBy('email').limit(limit);
      if (after !== undefined) query = query.where('email', '>', after);
      return (await query.execute()).map(userOf);
    },
    async create({ email, name, password, role }, record) {
      const hash = await hashPassword(password);
      const id = randomUUID();
      const person = { id, name, email: email.toLowerCase(), role, emailVerified: true, createdAt: new Date() };
      return db.transaction(async (tx) => {
        const added = await tx
          .insertInto('user')
          .values(person)
          .onConflict((conflict) => conflict.column('email').doNothing())
          .returningAll()
          .executeTakeFirst();
        if (!added) throw new FlowError('API_CONFLICT', { details: { what: `the person "${person.email}"` } });
        await tx
          .insertInto('account')
          .values({ id: randomUUID(), accountId: id, providerId: 'credential', userId: id, password: hash })
          .execute();
        const user = userOf(added);
        return { user, audited: await record({ id, after: user }, tx) };
      });
    },
    async update(userId, { name, role, password }, record) {
      const hash = password === undefined ? undefined : await hashPassword(password);
      return db.transaction(async (tx) => {
        const person = await lockPerson(tx, userId);
        if (role !== undefined && role !== 'admin') await refuseLastAdmin(tx, person);
        if (hash !== undefined) {
          await tx.updateTable('account').set({ password: hash }).where('userId', '=', userId).execute();
          await tx.deleteFrom('session').where('userId', '=', userId).execute();
        }
        const changed = { name: name ?? person.name, role: role ?? person.role };
        await tx.updateTable('user').set(changed).where('id', '=', userId).execute();
        const [before, user] = [userOf(person), userOf({ ...person, ...changed })];
        // That there is a new password is told, not what it is.
        const news = hash === undefined ? {} : { passwordChanged: true };
        return { user, audited: await record({ id: userId, before, after: { ...user, ...news } }, tx) };
      });
    },
    async remove(userId, record) {
      return db.transaction(async (tx) => {
        const person = await lockPerson(tx, userId);
        await refuseLastAdmin(tx, person);
        await tx.deleteFrom('user').where('id', '=', userId).execute();
        return record({ id: userId, before: userOf(person) }, tx);
      });
    },
  };
}

type Person = { id: string; name: string; email: string; role: string; createdAt: Date };

async function lockPerson(tx: Transaction<Tables>, userId: string): Promise<Person> {
  const person = await tx.selectFrom('user').selectAll().where('id', '=', userId).forUpdate().executeTakeFirst();
  if (!person) throw new FlowError('API_NOT_FOUND', { details: { what: 'person', id: userId } });
  return person;
}

/** Locks every admin, so that two admins who remove each other at once do not both succeed. */
async function refuseLastAdmin(tx: Transaction<Tables>, person: Person): Promise<void> {
  if (person.role !== 'admin') return;
  const admins = await tx
    .selectFrom('user')
    .select('id')
    .where('role', '=', 'admin')
    .orderBy('id')
    .forUpdate()
    .execute();
  if (admins.length === 1) throw new FlowError('API_LAST_ADMIN');
}

function userOf({ id, email, name, role, createdAt }: Person): User {
  return { userId: id, email, name, role: role as Role, createdAt: createdAt.toISOString() };
}
