import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { openBusStores } from '@crossdock/bus';
import { sizeText } from '@crossdock/payload';
import type { Config, NatsAddress } from '../config.ts';
import type { Logger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { holderOf, lockDataFolder } from '../process/data-lock.ts';
import { startEmbeddedNats } from '../process/embedded-nats.ts';
import { StartProblem } from '../process/start-problem.ts';
import { openDatabase } from '../store/index.ts';
import { readSecretKey } from '../vault/index.ts';
import { openArchive } from './archive.ts';
import { fetchBackup, writerTo } from './control-socket.ts';
import { writeBackup } from './write-backup.ts';

export interface TakeOptions {
  readonly config: Config;
  /** Path of the file to write; must not exist. */
  readonly to: string;
  readonly withKey: boolean;
  readonly log: Logger;
  readonly say: (line: string) => void;
}

/**
 * Backs a whole installation up into one file, running or not. What this process cannot open beside a running start (its PGlite, its NATS) that
 * start hands out; what is not running is opened for it; with NATS and PostgreSQL by URL both are read directly. Throws `StartProblem`.
 */
export async function takeBackup(options: TakeOptions): Promise<void> {
  const { to, say } = options;
  if (existsSync(to)) throw new StartProblem(`${to} exists already; name another file with --to`);
  await mkdir(dirname(to), { recursive: true });
  const partial = `${to}.partial`;
  const file = createWriteStream(partial, { mode: 0o600 });
  await once(file, 'open').catch((cause) => {
    throw new StartProblem(`${to} cannot be written: ${(cause as Error).message}`);
  });
  try {
    await write(options, file);
    await new Promise<void>((resolve, reject) =>
      file.end((error?: Error | null) => (error ? reject(error) : resolve())),
    );
    await syncFile(partial);
    say('Checking what was written …');
    const { about } = await openArchive(partial);
    await rename(partial, to);
    const { size } = await stat(to);
    say(`Written: ${to}, ${sizeText(size)}. Every order accepted before ${about.takenAt} is in it.`);
    say(
      about.withKey
        ? 'It holds the key: whoever has the file can read credentials and masked values.'
        : 'It does not hold the key: keep secret.key (or CROSSDOCK_SECRET_KEY) in another place. Without it credentials and masked values are lost.',
    );
  } catch (error) {
    file.destroy();
    await rm(partial, { force: true });
    throw error;
  }
}

async function write({ config, withKey, log, say }: TakeOptions, file: Writable): Promise<void> {
  if (config.nats !== undefined && config.databaseUrl !== undefined) {
    say('Reading NATS and PostgreSQL …');
    return writeFrom(config, config.nats, { withKey, log, file });
  }
  const holder = holderOf(config.dataDir);
  if (holder !== undefined) {
    if (holder.controlSocket === undefined)
      throw new StartProblem(
        `process ${holder.pid} runs on ${config.dataDir} and is not ready, or has neither API nor projector; try again when it is`,
      );
    say(`Reading from the running process ${holder.pid} …`);
    return fetchBackup(holder.controlSocket, withKey, file);
  }
  if (!existsSync(config.dataDir))
    throw new StartProblem(`there is no folder ${config.dataDir}; name the installation’s with --data-dir`);
  say(`Nothing runs on ${config.dataDir}; opening it …`);
  const lock = lockDataFolder(config.dataDir, config.port);
  try {
    const nats = config.nats ? undefined : await startEmbeddedNats({ config, log, metrics: createMetrics() });
    const address = config.nats ?? nats?.address;
    if (address === undefined) throw new StartProblem('there is no NATS to back up');
    try {
      await writeFrom(config, address, { withKey, log, file });
    } finally {
      await nats?.stop();
    }
  } finally {
    lock.release();
  }
}

async function writeFrom(
  config: Config,
  nats: NatsAddress,
  { withKey, log, file }: { withKey: boolean; log: Logger; file: Writable },
): Promise<void> {
  const secretKey = config.secretKey ?? (await readSecretKey(config.dataDir));
  const stores = await openBusStores({ ...nats, replicas: config.natsReplicas, name: 'crossdock backup', log });
  try {
    const db = await openDatabase({ url: config.databaseUrl, dir: config.dataDir, log });
    try {
      await writeBackup({ db, bus: stores.backup, secretKey }, { withKey, write: writerTo(file) });
    } finally {
      await db.close();
    }
  } finally {
    await stores.close();
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.sync();
  await handle.close();
}
