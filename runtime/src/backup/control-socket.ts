import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { reasonOf } from '@crossdock/errors';
import type { Logger } from '../log.ts';
import { type BackupSources, writeBackup } from './write-backup.ts';

/** Where a running start hands out backups: to whoever runs as its own user, since only that user reaches the file. */
export interface ControlSocket {
  readonly path: string;
  close(): Promise<void>;
}

/** Listens on a Unix socket in a folder of its own, which others may not enter. */
export async function openControlSocket(sources: BackupSources, log: Logger): Promise<ControlSocket> {
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-control-'));
  const path = join(folder, 'socket');
  const server = createServer((incoming, response) => {
    const withKey = new URL(incoming.url ?? '/', 'http://socket').searchParams.has('key');
    log.info({ withKey }, 'a backup is being taken');
    writeBackup(sources, { withKey, write: writerTo(response) }).then(
      () => response.end(),
      (error: unknown) => {
        log.error({ err: error }, 'the backup was broken off');
        // What has no end is refused by whoever reads it.
        response.destroy();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return {
    path,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Takes a backup of the start behind the socket. Rejects when it is broken off. */
export async function fetchBackup(path: string, withKey: boolean, target: Writable): Promise<void> {
  const asking = request({ socketPath: path, path: withKey ? '/?key' : '/' });
  asking.end();
  const [answer] = await once(asking, 'response');
  answer.pipe(target, { end: false });
  await finished(answer).catch((cause: unknown) => {
    throw new Error(`the running Crossdock broke the backup off; its log says why (${reasonOf(cause)})`);
  });
}

/** Writes to a stream no faster than it takes. */
export function writerTo(stream: Writable): (bytes: Uint8Array) => Promise<void> {
  return async (bytes) => {
    if (stream.destroyed) throw new Error('the reader of the backup has gone');
    if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
  };
}
