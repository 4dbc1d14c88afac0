import { createHash } from 'node:crypto';
import type { BlobPort } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import { Objm } from '@nats-io/obj';
import { v7 as uuidv7 } from 'uuid';
import { busError } from './bus-errors.ts';
import type { Link } from './link.ts';
import { BLOB_BUCKET } from './streams.ts';

/** Reading or writing a blob ends within this time, however slow the bus is. */
const BLOB_TIMEOUT_MS = 30_000;

/** Seals bytes before they rest in the object store, and opens them. */
export interface BlobCipher {
  seal(bytes: Uint8Array): Uint8Array;
  /** Bytes that were stored before blobs were sealed come back as they are. */
  open(bytes: Uint8Array): Uint8Array;
}

/** Leaves blobs as they are. */
export const NO_CIPHER: BlobCipher = { seal: (bytes) => bytes, open: (bytes) => bytes };

/** Blobs in a JetStream object store: chunked, checked by SHA-256 on reading. A reference is a name in it. */
export async function openBlobs(link: Link, cipher: BlobCipher): Promise<BlobPort> {
  const store = await new Objm(link.js).open(BLOB_BUCKET);
  return {
    async put(bytes, contentType) {
      link.requireConnected();
      const ref = uuidv7();
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const meta = { name: ref, metadata: { contentType, sha256 } };
      await bounded(store.putBlob(meta, cipher.seal(bytes)));
      return { ref, contentType, size: bytes.byteLength, sha256 };
    },
    async get(ref) {
      link.requireConnected();
      const bytes = await bounded(store.getBlob(ref));
      if (bytes === null) throw new FlowError('API_NOT_FOUND', { details: { what: 'blob', id: ref } });
      return cipher.open(bytes);
    },
  };
}

async function bounded<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${BLOB_TIMEOUT_MS} ms`)), BLOB_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch (cause) {
    throw busError(cause);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
