import { createHmac } from 'node:crypto';
import type { BusBackup } from '@crossdock/bus';
import { recordedBySystem } from '../audit/index.ts';
import type { Database } from '../store/index.ts';
import { createArchive } from './archive.ts';
import { appliedMigrations, dumpDatabase } from './dump-database.ts';

export interface BackupSources {
  readonly db: Database;
  readonly bus: BusBackup;
  /** Undefined where this process does not have it. */
  readonly secretKey: Uint8Array | undefined;
}

/** The part that holds the key, where it was asked for. */
export const KEY_PART = 'key';

/**
 * Writes a whole installation while it runs. Where each consumer stands comes first, then the database, then the streams: a restore hands on again
 * what came in between, so the database is never ahead of the bus, and every order accepted before the call is there.
 */
export async function writeBackup(
  { db, bus, secretKey }: BackupSources,
  { withKey, write }: { withKey: boolean; write: (bytes: Uint8Array) => Promise<void> },
): Promise<void> {
  const takenAt = new Date().toISOString();
  const positions = await bus.positions();
  const migrations = await appliedMigrations(db.kysely);
  const keyFingerprint = secretKey === undefined ? null : fingerprintOf(secretKey);
  // Whoever has the file can read what the database holds, and with the key everything.
  await recordedBySystem(db.kysely, 'installation.backed-up')({ id: 'Crossdock', after: { withKey } });
  const archive = await createArchive({ takenAt, migrations, keyFingerprint, withKey }, write);
  if (withKey) {
    if (secretKey === undefined) throw new Error('the key is not known here: set CROSSDOCK_SECRET_KEY');
    await archive.add(KEY_PART, { gzip: false }, only(secretKey));
  }
  await dumpDatabase(db, (table, pieces) =>
    archive.add(`database/${table.replaceAll('"', '')}`, { gzip: true, table }, pieces),
  );
  for await (const { part, pieces } of bus.streams()) {
    // The server compresses its snapshots itself.
    await archive.add(`bus/${part.stream}`, { gzip: part.way !== 'log', part }, pieces);
  }
  await archive.finish(positions);
}

/** Tells one key from another without telling anything of it. */
export function fingerprintOf(secretKey: Uint8Array): string {
  return createHmac('sha256', secretKey).update('crossdock/backup').digest('hex').slice(0, 16);
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
