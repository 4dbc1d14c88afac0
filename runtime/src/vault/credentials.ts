import { randomBytes } from 'node:crypto';
import type { SealedCredentials } from '@crossdock/bus';
import { FlowError, reasonOf } from '@crossdock/errors';
import { decrypt, encrypt } from './aes-gcm.ts';
import type { KeyEncryptionKey, KeyRing } from './key-ring.ts';

/** What sealed credentials belong to, and are of no use without. */
export interface CredentialOwner {
  readonly env: string;
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Origins that they may be sent to. */
  readonly hosts: readonly string[];
}

const DATA_KEY_BYTES = 32;

/**
 * Seals credentials: each field with a random data key of this connection, bound to environment, connection, type and field; the data key with
 * the ring's current key, bound to the hosts besides. So what is sealed opens for nothing else, and changing the key touches no field.
 */
export function sealCredentials(
  ring: KeyRing,
  owner: CredentialOwner,
  credentials: Readonly<Record<string, string>>,
): SealedCredentials {
  const dataKey = randomBytes(DATA_KEY_BYTES);
  const fields = Object.entries(credentials).map(
    ([field, value]) => [field, sealText(dataKey, Buffer.from(value, 'utf8'), fieldContext(owner, field))] as const,
  );
  return { ...wrap(ring.current, owner, dataKey), fields: Object.fromEntries(fields) };
}

/** Opens them in memory. Throws `CONFIG_CREDENTIALS_UNREADABLE` for an unknown key, another owner or anything that was changed. */
export function openCredentials(
  ring: KeyRing,
  owner: CredentialOwner,
  sealed: SealedCredentials,
): Record<string, string> {
  const dataKey = unwrap(ring, owner, sealed);
  return readable(owner, () =>
    Object.fromEntries(
      Object.entries(sealed.fields).map(([field, text]) => [
        field,
        openText(dataKey, text, fieldContext(owner, field)).toString('utf8'),
      ]),
    ),
  );
}

/** The same fields under the ring's current key; none of them is opened. Gives back what is under it already. */
export function rewrapCredentials(ring: KeyRing, owner: CredentialOwner, sealed: SealedCredentials): SealedCredentials {
  if (sealed.keyId === ring.current.id) return sealed;
  return { ...wrap(ring.current, owner, unwrap(ring, owner, sealed)), fields: sealed.fields };
}

function wrap({ id, key }: KeyEncryptionKey, owner: CredentialOwner, dataKey: Buffer) {
  return { keyId: id, wrappedKey: sealText(key, dataKey, keyContext(owner)) };
}

function unwrap(ring: KeyRing, owner: CredentialOwner, { keyId, wrappedKey }: SealedCredentials): Buffer {
  const key = ring.find(keyId);
  if (!key) throw unreadable(owner, `they are sealed with the key ${keyId}, which this start does not have`);
  return readable(owner, () => openText(key.key, wrappedKey, keyContext(owner)));
}

/** As base64, bound to the context's JSON text. */
function sealText(key: Uint8Array, bytes: Uint8Array, context: readonly string[]): string {
  return encrypt(key, bytes, Buffer.from(JSON.stringify(context))).toString('base64');
}

function openText(key: Uint8Array, text: string, context: readonly string[]): Buffer {
  return decrypt(key, Buffer.from(text, 'base64'), Buffer.from(JSON.stringify(context)));
}

function readable<T>(owner: CredentialOwner, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw unreadable(owner, `they were changed, or belong to another connection (${reasonOf(cause)})`);
  }
}

function unreadable({ name, env }: CredentialOwner, reason: string): FlowError {
  return new FlowError('CONFIG_CREDENTIALS_UNREADABLE', { details: { connection: name, env, reason } });
}

const keyContext = ({ env, id, type, hosts }: CredentialOwner): string[] => ['data-key', env, id, type, ...hosts];
const fieldContext = ({ env, id, type }: CredentialOwner, field: string): string[] => ['field', env, id, type, field];
