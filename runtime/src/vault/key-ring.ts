import { createHash, hkdfSync } from 'node:crypto';
import { FlowError } from '@crossdock/errors';

/** A key-encryption key: it seals nothing but the data keys of connections. */
export interface KeyEncryptionKey {
  /** Tells keys apart and nothing of the key. */
  readonly id: string;
  readonly key: Buffer;
}

/** The key that seals now, and those that may still open. */
export interface KeyRing {
  readonly current: KeyEncryptionKey;
  find(id: string): KeyEncryptionKey | undefined;
}

/** @param previous keys of before a rotation; each has 32 bytes. Throws `CONFIG_INVALID`. */
export function openKeyRing(secretKey: Uint8Array, previous: readonly Uint8Array[] = []): KeyRing {
  const keys = [secretKey, ...previous].map(keyOf);
  return { current: keys[0] as KeyEncryptionKey, find: (id) => keys.find((key) => key.id === id) };
}

function keyOf(secretKey: Uint8Array): KeyEncryptionKey {
  if (secretKey.length !== 32)
    throw new FlowError('CONFIG_INVALID', { details: { what: 'the secret key', reason: 'it must have 32 bytes' } });
  const key = Buffer.from(hkdfSync('sha256', secretKey, new Uint8Array(0), 'crossdock/connections', 32));
  const id = createHash('sha256').update('crossdock/key-id').update(key).digest('hex').slice(0, 16);
  return { id, key };
}
