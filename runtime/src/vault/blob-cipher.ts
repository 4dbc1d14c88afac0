import { hkdfSync } from 'node:crypto';
import type { BlobCipher } from '@crossdock/bus';
import { FlowError } from '@crossdock/errors';
import { decrypt, encrypt, SEAL_BYTES } from './aes-gcm.ts';

/** Stands before what is sealed; no text and no known file begins with it. */
const MARK = Buffer.from([0x00, 0xf1, 0x0b, 0x10, 0xb5, 0xea, 0x1e, 0x01]);
const NO_CONTEXT = Buffer.alloc(0);

/**
 * Bodies that are no JSON have no paths that a mask could name, so all blobs are sealed whole (AES-256-GCM).
 * @param secretKey 32 bytes; the key of blobs is derived from it (HKDF-SHA-256)
 * @param previous keys of before, which open what they sealed
 */
export function createBlobCipher(secretKey: Uint8Array, previous: readonly Uint8Array[] = []): BlobCipher {
  const keys = [secretKey, ...previous].map(keyOf);
  const [key] = keys as [Buffer];
  return {
    seal: (bytes) => Buffer.concat([MARK, encrypt(key, bytes, NO_CONTEXT)]),
    open(bytes) {
      if (bytes.length < MARK.length + SEAL_BYTES || !MARK.equals(bytes.subarray(0, MARK.length))) return bytes;
      for (const one of keys) {
        const opened = openWith(one, bytes);
        if (opened) return opened;
      }
      const reason = 'a stored blob does not open with it';
      throw new FlowError('CONFIG_INVALID', { details: { what: 'the secret key', reason } });
    },
  };
}

function keyOf(secretKey: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, new Uint8Array(0), 'crossdock/blobs', 32));
}

/** Undefined for another key, and for what was changed. */
function openWith(key: Buffer, bytes: Uint8Array): Uint8Array | undefined {
  try {
    return decrypt(key, bytes.subarray(MARK.length), NO_CONTEXT);
  } catch {
    return undefined;
  }
}
