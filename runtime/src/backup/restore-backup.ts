import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BusRestore, openBusStores, type StreamPart } from '@crossdock/bus';
import { isFlowError } from '@crossdock/errors';
import { sizeText } from '@crossdock/payload';
import { pauseAlarms } from '../alarms/index.ts';
import { recordedBySystem } from '../audit/index.ts';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { holderOf, lockDataFolder } from '../process/data-lock.ts';
import { startEmbeddedNats } from '../process/embedded-nats.ts';
import { StartProblem } from '../process/start-problem.ts';
import { markRestore, refuseUnfinishedRestore } from '../process/unfinished-restore.ts';
import { type Database, isEmptyDatabase, openDatabase, schemaChanges } from '../store/index.ts';
import { type Archive, openArchive } from './archive.ts';
import { loadDatabase } from './load-database.ts';
import { fingerprintOf, KEY_PART } from './write-backup.ts';

export interface RestoreOptions {
  readonly config: Config;
  /** Path of the backup. */
  readonly from: string;
  /** The key that values were sealed with, where the file has none. */
  readonly key: Uint8Array | undefined;
  /** Keeps the key in the data folder, as it came from a file. */
  readonly keepKey: boolean;
  readonly log: Logger;
  readonly say: (line: string) => void;
}

/**
 * Makes an installation of a backup, in an empty data folder and in an empty NATS and database where those are external. Nothing runs on it yet: the
 * next start goes on where the backup was taken. Throws `StartProblem`; what was made in the data folder until then is removed again.
 */
export async function restoreBackup(options: RestoreOptions): Promise<void> {
  const { config, from, log, say } = options;
  say(`Checking ${from} …`);
  const archive = await openArchive(from);
  refuseNewer(archive);
  const key = await keyFor(archive, options);
  await requireEmptyTargets(config);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const lock = lockDataFolder(config.dataDir, config.port);
  const done = markRestore(config.dataDir);
  try {
    if (key?.keep)
      await writeFile(join(config.dataDir, 'secret.key'), `${Buffer.from(key.bytes).toString('base64')}\n`, {
        mode: 0o400,
      });
    await fill(archive, config, { log, say });
    done();
  } catch (error) {
    for (const name of ['nats', 'pglite', 'secret.key'])
      rmSync(join(config.dataDir, name), { recursive: true, force: true });
    done();
    if (isFlowError(error)) throw new StartProblem(error.message);
    throw error;
  } finally {
    lock.release();
  }
  say(`Restored: every order accepted before ${archive.about.takenAt} is there. Start Crossdock on it as usual.`);
  say(
    'It goes on where the backup was taken: make sure that the installation it came from is stopped and stays stopped. Both running would call the same systems, each order twice.',
  );
  say('It sends no alarms until a person presses “Resume sending” on the page Health. Everybody has to sign in again.');
}

function refuseNewer({ about }: Archive): void {
  const unknown = about.migrations.filter((name) => !schemaChanges.includes(name));
  if (unknown.length === 0) return;
  throw new StartProblem(
    `the backup was taken by a newer version (its database has "${unknown.at(-1)}"); restore it with that version`,
  );
}

async function keyFor(
  archive: Archive,
  { key, keepKey }: RestoreOptions,
): Promise<{ bytes: Uint8Array; keep: boolean } | undefined> {
  const { keyFingerprint, withKey } = archive.about;
  if (key !== undefined) {
    if (keyFingerprint !== null && fingerprintOf(key) !== keyFingerprint)
      throw new StartProblem(
        'the key is not the one that this backup was sealed with; give the right one with --key-file or CROSSDOCK_SECRET_KEY',
      );
    return { bytes: key, keep: keepKey };
  }
  if (!withKey)
    throw new StartProblem(
      'the backup holds no key: give the installation’s secret.key with --key-file, or CROSSDOCK_SECRET_KEY. Without it no credential and no masked value can be read',
    );
  let found: Uint8Array | undefined;
  await archive.read(async (part, _head, pieces) => {
    for await (const piece of pieces) if (part === KEY_PART) found = piece;
  });
  return found && { bytes: found, keep: true };
}

async function requireEmptyTargets({ dataDir, databaseUrl }: Config): Promise<void> {
  if (!holderOf(dataDir)) refuseUnfinishedRestore(dataDir);
  const there = existsSync(dataDir) ? readdirSync(dataDir) : [];
  if (there.length > 0)
    throw new StartProblem(
      `the folder ${dataDir} is not empty (it has "${there[0]}"); a restore goes into an empty or a new one: name it with --data-dir`,
    );
  if (databaseUrl !== undefined && !(await isEmptyDatabase(databaseUrl)))
    throw new StartProblem(
      'the database of CROSSDOCK_DATABASE_URL has tables; a restore goes into an empty one: create one',
    );
}

async function fill(
  archive: Archive,
  config: Config,
  { log, say }: Pick<RestoreOptions, 'log' | 'say'>,
): Promise<void> {
  const nats = config.nats ? undefined : await startEmbeddedNats({ config, log, metrics: createMetrics() });
  const address = config.nats ?? nats?.address;
  if (address === undefined) throw new StartProblem('there is no NATS to restore into');
  try {
    const stores = await openBusStores({ ...address, replicas: config.natsReplicas, name: 'crossdock restore', log });
    try {
      await stores.restore.requireEmpty();
      const upTo = archive.about.migrations.at(-1);
      const db = await openDatabase({ url: config.databaseUrl, dir: config.dataDir, log, upTo });
      try {
        await fillFrom(archive, { db, bus: stores.restore, say });
      } finally {
        await db.close();
      }
      await keepAlarmsIn(config, { log, takenAt: archive.about.takenAt });
    } finally {
      await stores.close();
    }
  } finally {
    await nats?.stop();
  }
}

/** It may stand beside the installation it came from, or be there to look into a backup only: nobody is to be called for that. */
async function keepAlarmsIn({ databaseUrl, dataDir }: Config, about: { log: Logger; takenAt: string }): Promise<void> {
  const { log, takenAt } = about;
  // A backup of an older version is filled into the schema of its time, which does not know this.
  const db = await openDatabase({ url: databaseUrl, dir: dataDir, log });
  try {
    await db.transaction(async (tx) => {
      const at = new Date();
      await pauseAlarms(tx, at);
      const after = { takenAt, alarmsPausedSince: at.toISOString() };
      await recordedBySystem(tx, 'installation.restored')({ id: 'backup', after });
    });
  } finally {
    await db.close();
  }
}

async function fillFrom(
  archive: Archive,
  { db, bus, say }: { db: Database; bus: BusRestore; say: (line: string) => void },
): Promise<void> {
  const load = await loadDatabase(db);
  await archive.read(async (part, head, pieces) => {
    if (part.startsWith('database/')) {
      const table = String(head.table);
      const rows = await load.table(table, pieces);
      say(`Database, ${table}: ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`);
    } else if (part.startsWith('bus/')) {
      const stream = await bus.begin(head.part as StreamPart);
      let bytes = 0;
      for await (const piece of pieces) {
        await stream.write(piece);
        bytes += piece.length;
      }
      await stream.finish();
      say(`NATS, ${part.slice('bus/'.length)}: ${sizeText(bytes)}`);
    } else for await (const _ of pieces);
  });
  await load.finish();
  await bus.finish(archive.positions);
}
