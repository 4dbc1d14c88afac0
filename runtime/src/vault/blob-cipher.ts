import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { FlowError } from '@crossdock/errors';

/** Seals bytes before they rest in the object store, and opens them. */
export interface BlobCipher {
  seal(bytes: Uint8Array): Uint8Array;
  /** Bytes that were stored before blobs were sealed come back as they are. */
  open(bytes: Uint8Array): Uint8Array;
}

/** Stands before what is sealed; no text and no known file begins with it. */
const MARK = Buffer.from([0x00, 0xf1, 0x0b, 0x10, 0xb5, 0xea, 0x1e, 0x01]);
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = MARK.length + NONCE_BYTES + TAG_BYTES;

/**
 * Bodies that are no JSON have no paths that a mask could name, so all blobs are sealed whole (AES-256-GCM).
 * @param secretKey 32 bytes; the key of blobs is derived from it (HKDF-SHA-256)
 */
export function createBlobCipher(secretKey: Uint8Array): BlobCipher {
  const key = Buffer.from(hkdfSync('sha256', secretKey, new Uint8Array(0), 'crossdock/blobs', 32));
  return {
    seal(bytes) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const text = [cipher.update(bytes), cipher.final()];
      return Buffer.concat([MARK, nonce, cipher.getAuthTag(), ...text]);
    },
    open(bytes) {
      if (bytes.length < HEAD_BYTES || !MARK.equals(bytes.subarray(0, MARK.length))) return bytes;
      const tagAt = MARK.length + NONCE_BYTES;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(MARK.length, tagAt));
        decipher.setAuthTag(bytes.subarray(tagAt, HEAD_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]);
      } catch (cause) {
        const reason = 'a stored blob does not open with it';
        throw new FlowError('CONFIG_INVALID', { details: { what: 'the secret key', reason }, cause });
      }
    },
  };
}
