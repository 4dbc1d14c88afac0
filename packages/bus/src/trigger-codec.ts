import type { BlobPort } from '@crossdock/connector-sdk';
import type { TriggerRecord } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import { WrittenJson } from '@crossdock/payload';
import { decodeJson } from './json.ts';

/** What a trigger holds inline, in bytes of JSON; what is larger goes to the object store. */
const MAX_INLINE_BYTES = 256 * 1024;

/** A trigger as it stands on `EVT`: what is large in it is named, not there. */
export type StoredTrigger = TriggerRecord & { seedBlob?: string };

const PAYLOAD_FIELD = ',"payload":';

/** A trigger as JSON. */
export interface WrittenTrigger {
  readonly text: string;
  /** At which of its bytes the payload begins, which nothing follows but the closing brace; missing where it rests in a blob. */
  readonly payloadAt?: number;
}

/** Writes a trigger. A large payload goes to a blob, and so does a seed that does not fit beside it. */
export async function writeTrigger(
  blobs: BlobPort,
  { payload, seed, ...head }: TriggerRecord,
): Promise<WrittenTrigger> {
  let room = MAX_INLINE_BYTES;
  const refs: Pick<StoredTrigger, 'payloadBlob' | 'payloadBytes' | 'seedBlob'> = {};
  const inline = head.payloadBlob === undefined ? await place('payload', 'payloadBlob', payload ?? null) : undefined;
  const inlineSeed = seed === undefined ? undefined : await place('seed', 'seedBlob', seed);
  const open =
    JSON.stringify({ ...head, ...refs }).slice(0, -1) + (inlineSeed === undefined ? '' : `,"seed":${inlineSeed}`);
  if (inline === undefined) return { text: `${open}}` };
  const before = open + PAYLOAD_FIELD;
  return { text: `${before}${inline}}`, payloadAt: Buffer.byteLength(before) };

  /** Each value is made JSON once, however large. Gives it where it stands inline. */
  async function place(
    name: 'payload' | 'seed',
    ref: 'payloadBlob' | 'seedBlob',
    value: unknown,
  ): Promise<string | undefined> {
    const json = value instanceof WrittenJson ? value.text : JSON.stringify(value);
    const size = Buffer.byteLength(json);
    if (size <= room) {
      room -= size;
      return typeof json === 'string' ? json : Buffer.from(json).toString();
    }
    refs[ref] = (await blobs.put(bytesOf(json), 'application/json')).ref;
    if (name === 'payload') refs.payloadBytes = size;
    return undefined;
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

/** A stored trigger whose payload nobody has read. */
export interface UnreadTrigger {
  /** Its payload is read from the bytes whenever it is asked for. */
  readonly record: StoredTrigger;
  /** The payload's JSON, a part of the message; missing where that does not say where it stands. */
  readonly written?: Uint8Array;
}

/** As `decodeTrigger`, for who keeps the payload as it is written: at `payloadAt` its bytes begin. */
export function decodeTriggerHead(data: Uint8Array, payloadAt: number | undefined): UnreadTrigger | undefined {
  const head =
    payloadAt === undefined ? data : Buffer.concat([data.subarray(0, payloadAt - PAYLOAD_FIELD.length), CLOSING]);
  const record = decodeTrigger(head);
  if (record === undefined || payloadAt === undefined) return record && { record };
  const written = data.subarray(payloadAt, -1);
  Object.defineProperty(record, 'payload', { enumerable: true, get: () => decodeJson(written) });
  return { record, written };
}

const CLOSING = Buffer.from('}');

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
