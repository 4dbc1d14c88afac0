import type { BlobPort } from '@crossdock/connector-sdk';
import type { TriggerRecord } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import { WrittenJson } from '@crossdock/payload';
import { decodeJson } from './json.ts';

/** What a trigger holds inline, in bytes of JSON; what is larger goes to the object store. */
const MAX_INLINE_BYTES = 256 * 1024;

/** A trigger as it stands on `EVT`: what is large in it is named, not there. */
export type StoredTrigger = TriggerRecord & { seedBlob?: string };

/** Writes a trigger. A large payload goes to a blob, and so does a seed that does not fit beside it. */
export async function writeTrigger(blobs: BlobPort, { payload, seed, ...head }: TriggerRecord): Promise<string> {
  let room = MAX_INLINE_BYTES;
  const inline: string[] = [];
  const refs: Pick<StoredTrigger, 'payloadBlob' | 'payloadBytes' | 'seedBlob'> = {};
  if (head.payloadBlob === undefined) await place('payload', 'payloadBlob', payload ?? null);
  if (seed !== undefined) await place('seed', 'seedBlob', seed);
  const text = JSON.stringify({ ...head, ...refs });
  return inline.length === 0 ? text : `${text.slice(0, -1)},${inline.join(',')}}`;

  /** Each value is made JSON once, however large. */
  async function place(name: 'payload' | 'seed', ref: 'payloadBlob' | 'seedBlob', value: unknown): Promise<void> {
    const json = value instanceof WrittenJson ? value.text : JSON.stringify(value);
    const size = Buffer.byteLength(json);
    if (size <= room) {
      room -= size;
      inline.push(`"${name}":${typeof json === 'string' ? json : Buffer.from(json).toString()}`);
    } else {
      refs[ref] = (await blobs.put(bytesOf(json), 'application/json')).ref;
      if (name === 'payload') refs.payloadBytes = size;
    }
  }
}

function bytesOf(json: string | Uint8Array): Uint8Array {
  return typeof json === 'string' ? Buffer.from(json) : json;
}

/** Reads a stored trigger without its blobs; undefined when the bytes are none. */
export function decodeTrigger(data: Uint8Array): StoredTrigger | undefined {
  const record = decodeJson(data);
  return isTrigger(record) ? record : undefined;
}

/** Reads a stored trigger as `withSeed` gives it. Throws `SYSTEM_UNEXPECTED` when it is none, and as the blobs do. */
export async function readTrigger(
  { seq, data }: { seq: number; data: Uint8Array },
  blobs: BlobPort,
): Promise<TriggerRecord> {
  const stored = decodeTrigger(data);
  if (stored === undefined)
    throw new FlowError('SYSTEM_UNEXPECTED', { details: { reason: `trigger ${seq} cannot be read` } });
  return withSeed(stored, blobs);
}

/** Reads the seed of a stored trigger; a payload that rests in a blob stays there: whoever reads it may die of it. */
export async function withSeed({ seedBlob, ...record }: StoredTrigger, blobs: BlobPort): Promise<TriggerRecord> {
  if (seedBlob === undefined) return record;
  return { ...record, seed: decodeJson(await blobs.get(seedBlob)) as NonNullable<TriggerRecord['seed']> };
}

function isTrigger(value: unknown): value is StoredTrigger {
  const record = value as Partial<TriggerRecord> | null;
  return (
    typeof record === 'object' &&
    record !== null &&
    typeof record.executionId === 'string' &&
    typeof record.flowId === 'string' &&
    typeof record.env === 'string' &&
    typeof record.revision === 'number' &&
    typeof record.nodeId === 'string'
  );
}
