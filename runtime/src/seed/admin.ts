import { randomBytes } from 'node:crypto';
import { MIN_PASSWORD_LENGTH } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { recordedBySystem } from '../audit/index.ts';
import type { SeedOptions, SeedResult } from './seed.ts';
import type { SeedSteps } from './seed-steps.ts';

const DEFAULT_EMAIL = 'admin@crossdock.local';

/** Makes the first admin and, when one is configured, an admin's API key; once only. */
export async function seedAdmin(options: SeedOptions, steps: SeedSteps): Promise<SeedResult> {
  if (steps.isDone('admin')) return { email: await firstAdmin(options), isFirstStart: false };
  const { auth, db, adminEmail = DEFAULT_EMAIL, adminPassword, adminApiKey, log } = options;
  if (adminPassword !== undefined && adminPassword.length < MIN_PASSWORD_LENGTH)
    throw new FlowError('CONFIG_INVALID', {
      details: { what: 'CROSSDOCK_ADMIN_PASSWORD', reason: `it needs at least ${MIN_PASSWORD_LENGTH} characters` },
    });
  const email = adminEmail.toLowerCase();
  const password = adminPassword ?? randomBytes(12).toString('base64url');
  await putAdmin(options, email, password);
  if (adminApiKey !== undefined)
    await auth.apiKeys.create(
      { name: 'First admin key', role: 'admin', createdBy: 'Crossdock', key: adminApiKey },
      recordedBySystem(db.kysely, 'api-key.made'),
    );
  await steps.done('admin');
  log.info({ email, withApiKey: adminApiKey !== undefined }, 'the first admin was made');
  return { email, isFirstStart: true, ...(adminPassword === undefined ? { password } : {}) };
}

/** An admin whom a killed start made, with a password nobody saw, gets this one. */
async function putAdmin({ db, auth }: SeedOptions, email: string, password: string): Promise<void> {
  const known = await db.kysely.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst();
  const { people } = auth;
  if (known) await people.update(known.id, { password, role: 'admin' }, recordedBySystem(db.kysely, 'person.changed'));
  else
    await people.create({ email, name: 'Admin', password, role: 'admin' }, recordedBySystem(db.kysely, 'person.added'));
}

async function firstAdmin({ db }: SeedOptions): Promise<string> {
  const admin = await db.kysely
    .selectFrom('user')
    .select('email')
    .where('role', '=', 'admin')
    .orderBy('createdAt')
    .limit(1)
    .executeTakeFirst();
  return admin?.email ?? DEFAULT_EMAIL;
}
