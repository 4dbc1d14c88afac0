import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { BlobPort } from '@crossdock/connector-sdk';
import { FlowError, isFlowError, reasonOf } from '@crossdock/errors';
import { parsePayload, toBlobPayload } from '@crossdock/payload';

/** Deepest nesting that a hook takes. */
const MAX_DEPTH = 100;
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

/** A payload before it is stored: `value` to compute keys on, `store` to put its bytes away where they are not JSON. */
export interface InboundPayload {
  value: unknown;
  store(blobs: BlobPort): Promise<unknown>;
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
 * parameters as an object (several of one name as a list), or null. Throws `DATA_MALFORMED`, `DATA_TOO_DEEP`, `DATA_FORBIDDEN_KEY`.
 */
export function toPayload({ bytes, contentType, query }: InboundBody): InboundPayload {
  if (JSON_TYPE.test(mediaType(contentType))) return inMemory(parsePayload(decode(bytes), { maxDepth: MAX_DEPTH }));
  return bytes.length === 0 ? inMemory(fromQuery(query)) : asBlob(bytes, contentType ?? UNKNOWN_TYPE);
}

/**
 * A message as payload, like a body. One that does not say its content type is JSON when it reads as JSON, else a blob with `text` where it
 * is UTF-8; an empty one is null. Throws what `toPayload` throws.
 */
export function messagePayload(bytes: Buffer, contentType: string | undefined): InboundPayload {
  if (bytes.length === 0) return inMemory(null);
  if (contentType !== undefined) return toPayload({ bytes, contentType, query: new URLSearchParams() });
  if (!isUtf8(bytes)) return asBlob(bytes, UNKNOWN_TYPE);
  try {
    return inMemory(parsePayload(decode(bytes), { maxDepth: MAX_DEPTH }));
  } catch (error) {
    if (!isFlowError(error, 'DATA_MALFORMED')) throw error;
    return asBlob(bytes, TEXT_TYPE);
  }
}

/** A value as payload. */
export function inMemory(value: unknown): InboundPayload {
  return { value, store: async () => value };
}

function asBlob(bytes: Buffer, type: string): InboundPayload {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    value: toBlobPayload({ ref: '', contentType: type, size: bytes.length, sha256 }, bytes),
    store: async (blobs) => toBlobPayload(await blobs.put(bytes, type), bytes),
  };
}

function fromQuery(query: URLSearchParams): unknown {
  if (query.size === 0) return null;
  const values = new Map([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
  for (const key of ['__proto__', 'constructor'])
    if (values.has(key)) throw new FlowError('DATA_FORBIDDEN_KEY', { details: { key } });
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}

/** JSON is UTF-8 (RFC 8259 §8.1); a byte order mark is left out. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FlowError('DATA_MALFORMED', { details: { reason: `not UTF-8 (${reasonOf(cause)})` }, cause });
  }
}

function mediaType(contentType: string | undefined): string {
  return (contentType ?? UNKNOWN_TYPE).split(';', 1)[0]?.trim().toLowerCase() ?? UNKNOWN_TYPE;
}

const unacceptable = (contentType: string, accepted: readonly string[]): FlowError =>
  new FlowError('DATA_CONTENT_TYPE', { details: { contentType, accepted: accepted.join(', ') } });
