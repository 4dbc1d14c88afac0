import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordedBySystem } from '../audit/index.ts';
import { createAuth } from '../auth/index.ts';
import { type Config, readConfig } from '../config.ts';
import { lockDataFolder } from '../process/data-lock.ts';
import { openDatabase } from '../store/index.ts';
import { setPasswordOf } from './set-password.ts';

const log = pino({ level: 'silent' });
const ADA = { email: 'ada@example.test', name: 'Ada', role: 'admin', password: 'a password that is lost' } as const;
const secretKey = new Uint8Array(32).fill(3);

describe('a password that is lost', () => {
  let dir: string;
  let config: Config;
  const within = async <T>(act: (parts: Awaited<ReturnType<typeof opened>>) => Promise<T>): Promise<T> => {
    const parts = await opened();
    try {
      return await act(parts);
    } finally {
      await parts.db.close();
    }
  };
  async function opened() {
    const db = await openDatabase({ dir, log });
    return { db, auth: await createAuth({ db, log, secretKey, baseUrl: 'http://127.0.0.1' }) };
  }
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'crossdock-recovery-'));
    const reading = readConfig({ CROSSDOCK_SECRET_KEY: Buffer.from(secretKey).toString('base64') }, [
      '--data-dir',
      dir,
    ]);
    if (!('config' in reading)) throw new Error(JSON.stringify(reading));
    config = reading.config;
    await within(({ db, auth }) => auth.people.create(ADA, recordedBySystem(db.kysely, 'person.added')));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  test('is replaced on the machine itself, and the audit tells', async () => {
    const password = await setPasswordOf('Ada@example.test', { config, log });
    expect(password.length).toBeGreaterThanOrEqual(16);
    await within(async ({ db, auth }) => {
      const from = {
        request: { headers: {}, method: 'POST', socket: { remoteAddress: '127.0.0.1' } } as unknown as IncomingMessage,
        address: '127.0.0.1',
      };
      const signIn = (secret: string) => auth.signIn({ email: ADA.email, password: secret }, from);
      await expect(signIn(ADA.password)).rejects.toMatchObject({ code: 'API_SIGN_IN_FAILED' });
      expect((await signIn(password)).caller.email).toBe(ADA.email);
      const row = await db.kysely
        .selectFrom('audit')
        .selectAll()
        .where('action', '=', 'person.password-set')
        .executeTakeFirstOrThrow();
      expect(row).toMatchObject({ actor_kind: 'system', thing_name: ADA.email, after: { passwordChanged: true } });
      expect(JSON.stringify(row)).not.toContain(password);
    });
  });

  test('stays where nobody has that e-mail, and while the installation runs', async () => {
    await expect(setPasswordOf('bob@example.test', { config, log })).rejects.toThrow(
      'nobody here has the e-mail "bob@example.test"; admins are: ada@example.test',
    );
    const lock = lockDataFolder(dir, 4400);
    await expect(setPasswordOf(ADA.email, { config, log })).rejects.toThrow(/runs on .* stop it, then try again/);
    lock.release();
    await expect(setPasswordOf(ADA.email, { config: { ...config, dataDir: join(dir, 'no') }, log })).rejects.toThrow(
      'name the installation’s with --data-dir',
    );
  });
});
