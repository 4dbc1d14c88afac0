import { promisify } from 'node:util';
import { inflateRaw, zstdDecompress } from 'node:zlib';
import type { BlobPort } from '@crossdock/connector-sdk';
import type { RestingValue, TriggerRecord } from '@crossdock/engine';
import { isFlowError } from '@crossdock/errors';
import type { ApiOptions } from './api.ts';

const decoders = {
  json: async (bytes: Uint8Array) => bytes,
  zstd: promisify(zstdDecompress),
  deflate: promisify(inflateRaw),
};

/** A payload as the trace keeps it, masked values sealed. */
export interface TracedPayload {
  value: unknown;
  env: string;
  /** The value was cut. */
  truncated: boolean;
}

/** A payload of the trace; undefined when it has none, or its blob was swept. */
export async function readTraced(
  { db, bus }: Pick<ApiOptions, 'db' | 'bus'>,
  executionId: string,
  ref: string,
): Promise<TracedPayload | undefined> {
  const row = await db.kysely
    .selectFrom('payloads')
    .select(['content', 'encoding', 'blob', 'env', 'truncated'])
    .where('execution_id', '=', executionId)
    .where('ref', '=', ref)
    .executeTakeFirst();
  if (!row) return undefined;
  const { env, truncated } = row;
  const bytes = row.content ?? (row.blob === null ? undefined : await readBlob(bus.blobs, row.blob));
  if (!bytes) return undefined;
  const text = await decoders[row.encoding](bytes);
  return { value: JSON.parse(Buffer.from(text).toString()), env, truncated };
}

/** A value at rest, masked places sealed; undefined when its blob was swept. */
export async function readResting(blobs: BlobPort, resting: RestingValue): Promise<{ value: unknown } | undefined> {
  if ('value' in resting) return resting;
  const bytes = await readBlob(blobs, resting.blob);
  return bytes && { value: JSON.parse(Buffer.from(bytes).toString()) };
}

/** A payload that came with a stored trigger: its own, or one that a replay from inside the flow begins with. */
export function payloadOfTrigger({ payload, payloadBlob, seed }: TriggerRecord, ref: string): RestingValue | undefined {
  if (ref !== 'trigger') return seed?.outputs[ref];
  return payloadBlob === undefined ? { value: payload ?? null } : { blob: payloadBlob };
}

/** A blob that was swept is a payload no longer kept. */
async function readBlob(blobs: BlobPort, ref: string): Promise<Uint8Array | undefined> {
  try {
    return await blobs.get(ref);
  } catch (error) {
    if (!isFlowError(error) || error.row.http >= 500) throw error;
    return undefined;
  }
}
