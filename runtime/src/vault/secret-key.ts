import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FlowError } from '@crossdock/errors';

const KEY_BYTES = 32;
const FILE = 'secret.key';

/**
 * The key-encryption key: the one given, else that of `dir/secret.key` (base64), made with mode 0400 when there is none.
 * A file that holds anything but 32 bytes throws `CONFIG_INVALID`: making a new key would orphan all that is sealed.
 */
export async function loadOrCreateSecretKey(dir: string, given?: Uint8Array): Promise<Uint8Array> {
  if (given) return given;
  await mkdir(dir, { recursive: true });
  return (await readSecretKey(dir)) ?? (await createKey(join(dir, FILE)));
}

/** The key of `dir/secret.key`; undefined when there is none. Throws as `loadOrCreateSecretKey` does. */
export function readSecretKey(dir: string): Promise<Uint8Array | undefined> {
  return readKey(join(dir, FILE));
}

async function readKey(path: string): Promise<Uint8Array | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES)
    throw new FlowError('CONFIG_INVALID', {
      details: {
        what: path,
        reason: `it holds ${key.length} bytes instead of ${KEY_BYTES} in base64; restore it from a backup`,
      },
    });
  return key;
}

/** Written aside, synced and linked into place: a crash leaves a whole key or none, and of two starts one wins. */
async function createKey(path: string): Promise<Uint8Array> {
  const key = randomBytes(KEY_BYTES);
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(aside, 'w', 0o400);
  try {
    await file.writeFile(`${key.toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(aside, 0o400);
  try {
    await link(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
  return (await readKey(path)) ?? key;
}
