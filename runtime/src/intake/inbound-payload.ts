import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { BlobPort } from '@crossdock/connector-sdk';
import { FlowError, isFlowError } from '@crossdock/errors';
import { parsePayload, toBlobPayload } from '@crossdock/payload';
import { LARGE_BYTES, type LargeBodies } from './large-bodies.ts';
import { type PreparationContext, type PreparedPayload, prepareJson, prepareValue } from './prepare-json.ts';
import { decodeUtf8 } from './utf8.ts';

const UNKNOWN_TYPE = 'application/octet-stream';
const TEXT_TYPE = 'text/plain; charset=utf-8';
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json$/;

export interface InboundBody {
  bytes: Buffer;
  /** The header as it came. */
  contentType: string | undefined;
  /** Query parameters: the payload of a request without a body. */
  query: URLSearchParams;
}

/** A payload before it is read and stored; bytes that are not JSON are put away as a blob. */
export interface InboundPayload {
  /** What is stored of it, and its keys. Throws `DATA_MALFORMED`, `DATA_TOO_DEEP`, `DATA_FORBIDDEN_KEY` or `DATA_KEY`. */
  prepare(context: PreparationContext, blobs: BlobPort): Promise<PreparedPayload>;
  /** Its value in clear, where its keys cannot be had. Throws what reading it throws. */
  read(blobs: BlobPort): Promise<unknown>;
}

/**
 * Checks a request's content type before its body is read; a request without a body has none. Throws `DATA_CONTENT_TYPE`.
 * @param accepted types, `type/*`, or `*` + `/*`; `application/json` takes every `+json` type too
 */
export function checkContentType(contentType: string | undefined, accepted: readonly string[]): void {
  const type = mediaType(contentType);
  const isTaken = accepted.map(mediaType).some((wanted) => {
    if (wanted === '*/*' || wanted === type) return true;
    if (wanted.endsWith('/*')) return type.startsWith(wanted.slice(0, -1));
    return wanted === 'application/json' && JSON_TYPE.test(type);
  });
  if (!isTaken) throw unacceptable(contentType ?? 'none', accepted);
}

/**
 * The body as payload: JSON as its value, read losslessly; anything else as a blob, with `text` for text types; without a body the query
 * parameters as an object (several of one name as a list), or null. Throws `DATA_FORBIDDEN_KEY` for a query parameter.
 */
export function toPayload(
  { bytes, contentType, query }: InboundBody,
  { largeBodies }: { largeBodies?: LargeBodies } = {},
): InboundPayload {
  if (JSON_TYPE.test(mediaType(contentType)))
    return largeBodies && bytes.length >= LARGE_BYTES ? largeJson(bytes, largeBodies) : json(bytes);
  return bytes.length === 0 ? inMemory(fromQuery(query)) : blob(bytes, contentType ?? UNKNOWN_TYPE);
}

/**
 * A message as payload, like a body. One that does not say its content type is JSON when it reads as JSON, else a blob with `text` where it
 * is UTF-8; an empty one is null.
 */
export function messagePayload(bytes: Buffer, contentType: string | undefined): InboundPayload {
  if (bytes.length === 0) return inMemory(null);
  if (contentType !== undefined) return toPayload({ bytes, contentType, query: new URLSearchParams() });
  return isUtf8(bytes) ? unlessMalformed(json(bytes), blob(bytes, TEXT_TYPE)) : blob(bytes, UNKNOWN_TYPE);
}

/** A value as payload. */
export function inMemory(value: unknown): InboundPayload {
  return { prepare: (context) => prepareValue(value, context, async () => value), read: async () => value };
}

function json(bytes: Buffer): InboundPayload {
  return {
    prepare: async (context) => prepareJson(decodeUtf8(bytes), context),
    read: async () => parsePayload(decodeUtf8(bytes)),
  };
}

function largeJson(bytes: Buffer, largeBodies: LargeBodies): InboundPayload {
  return {
    prepare: (context) => largeBodies.prepare(bytes, context),
    read: json(bytes).read,
  };
}

function unlessMalformed(first: InboundPayload, second: InboundPayload): InboundPayload {
  const or =
    <T>(work: () => Promise<T>) =>
    (error: unknown): Promise<T> => {
      if (!isFlowError(error, 'DATA_MALFORMED')) throw error;
      return work();
    };
  return {
    prepare: (context, blobs) => first.prepare(context, blobs).catch(or(() => second.prepare(context, blobs))),
    read: (blobs) => first.read(blobs).catch(or(() => second.read(blobs))),
  };
}

function blob(bytes: Buffer, type: string): InboundPayload {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const value = toBlobPayload({ ref: '', contentType: type, size: bytes.length, sha256 }, bytes);
  const store = async (blobs: BlobPort) => toBlobPayload(await blobs.put(bytes, type), bytes);
  return { prepare: (context, blobs) => prepareValue(value, context, () => store(blobs)), read: store };
}

function fromQuery(query: URLSearchParams): unknown {
  if (query.size === 0) return null;
  const values = new Map([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
  for (const key of ['__proto__', 'constructor'])
    if (values.has(key)) throw new FlowError('DATA_FORBIDDEN_KEY', { details: { key } });
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}

function mediaType(contentType: string | undefined): string {
  return (contentType ?? UNKNOWN_TYPE).split(';', 1)[0]?.trim().toLowerCase() ?? UNKNOWN_TYPE;
}

const unacceptable = (contentType: string, accepted: readonly string[]): FlowError =>
  new FlowError('DATA_CONTENT_TYPE', { details: { contentType, accepted: accepted.join(', ') } });
