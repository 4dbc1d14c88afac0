import { createHash } from 'node:crypto';
import type { BlobPort } from '../run-context.ts';

/** Blobs for one test; the reference is the hash. */
export function memoryBlobs(): BlobPort {
  const stored = new Map<string, Uint8Array>();
  return {
    async put(bytes, contentType) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      stored.set(sha256, bytes);
      return { ref: sha256, contentType, size: bytes.byteLength, sha256 };
    },
    async get(ref) {
      const bytes = stored.get(ref);
      if (bytes === undefined) throw new Error(`no blob "${ref}"`);
      return bytes;
    },
  };
}
