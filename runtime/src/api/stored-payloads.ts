import { promisify } from 'node:util';
import { inflateRaw, zstdDecompress } from 'node:zlib';
import type { BlobPort } from '@crossdock/connector-sdk';
import type { RestingValue, TriggerRecord } from '@crossdock/engine';
import { isFlowError } from '@crossdock/errors';
import { sql } from 'kysely';
import type { PackedPayload } from '../store/index.ts';
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
  const rows = await db.kysely
    .selectFrom('payloads')
    .select(['entries', 'content', 'encoding', 'env'])
    .where('execution_id', '=', executionId)
    // Spares reading packs that do not hold it; which do, their entries say.
    .where(sql<boolean>`strpos(entries, ${JSON.stringify(ref)}) > 0`)
    .execute();
  for (const { entries, content, encoding, env } of rows) {
    const found = findIn(JSON.parse(entries) as PackedPayload[], ref);
    if (!found) continue;
    const { at, bytes, truncated, blob } = found;
    const whole = blob == null ? await decoders[encoding](content) : await readBlob(bus.blobs, blob);
    if (!whole) return undefined;
    const text = blob == null && bytes !== null ? whole.subarray(at, at + bytes) : whole;
    return { value: JSON.parse(Buffer.from(text).toString()), env, truncated };
  }
  return undefined;
}

/** A payload's place in its pack. */
function findIn(entries: readonly PackedPayload[], wanted: string) {
  let at = 0;
  for (const [ref, bytes, truncated, blob] of entries) {
    if (ref === wanted) return { at, bytes, truncated, blob };
    at += bytes ?? 0;
  }
  return undefined;
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
