import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { recordedBySystem } from '../audit/index.ts';
import { createAuth } from '../auth/index.ts';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { holderOf, lockDataFolder } from '../process/data-lock.ts';
import { StartProblem } from '../process/start-problem.ts';
import { type Database, openDatabase } from '../store/index.ts';
import { readSecretKey } from '../vault/index.ts';

/**
 * Gives a person a new, made-up password, for whoever can read the installation's database: on the machine of PGlite while nothing runs on it,
 * with PostgreSQL at any time. Ends the person's sessions; the audit keeps it. Throws `StartProblem`.
 */
export async function setPasswordOf(email: string, { config, log }: { config: Config; log: Logger }): Promise<string> {
  if (config.databaseUrl !== undefined) return setIn(email, { config, log });
  const { dataDir } = config;
  if (!existsSync(dataDir))
    throw new StartProblem(`there is no folder ${dataDir}; name the installation’s with --data-dir`);
  const holder = holderOf(dataDir);
  if (holder !== undefined)
    throw new StartProblem(
      `process ${holder.pid} runs on ${dataDir} and has its database open; stop it, then try again`,
    );
  const lock = lockDataFolder(dataDir, config.port);
  try {
    return await setIn(email, { config, log });
  } finally {
    lock.release();
  }
}

async function setIn(email: string, { config, log }: { config: Config; log: Logger }): Promise<string> {
  const secretKey = config.secretKey ?? (await readSecretKey(config.dataDir));
  if (secretKey === undefined)
    throw new StartProblem(
      `there is no installation in ${config.dataDir}: it has no secret.key, and CROSSDOCK_SECRET_KEY is not set`,
    );
  const db = await openDatabase({ url: config.databaseUrl, dir: config.dataDir, log });
  try {
    const { people } = await createAuth({ db, log, secretKey, baseUrl: `http://${config.host}:${config.port}` });
    const userId = await personOf(db, email);
    const password = randomBytes(12).toString('base64url');
    await people.update(userId, { password }, recordedBySystem(db.kysely, 'person.password-set'));
    return password;
  } finally {
    await db.close();
  }
}

/** Throws `StartProblem` for somebody who could not sign in with a password either, and names the admins there are. */
async function personOf({ kysely }: Database, email: string): Promise<string> {
  const people = await kysely.selectFrom('user').select(['id', 'email', 'role', 'disabled']).orderBy('email').execute();
  const admins = people.filter(({ role, disabled }) => role === 'admin' && !disabled).map((admin) => admin.email);
  const person = people.find((each) => each.email === email.toLowerCase());
  if (!person)
    throw new StartProblem(`nobody here has the e-mail "${email}"; admins are: ${admins.join(', ') || 'none yet'}`);
  if (person.disabled)
    throw new StartProblem(`the account of "${email}" is disabled; an admin enables it (${admins.join(', ')})`);
  return person.id;
}
