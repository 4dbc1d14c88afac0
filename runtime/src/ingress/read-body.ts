import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FlowError, reasonOf } from '@crossdock/errors';

/** What is thrown away of a body that is too large, so that its sender gets to read the answer; beyond it the connection ends. */
const DISCARD_FACTOR = 8;

/**
 * Reads a request's body, gunzipped where it is, never holding more than `maxBytes`. Throws `DATA_TOO_LARGE`, `DATA_CONTENT_TYPE`
 * (an encoding other than gzip), `DATA_MALFORMED` (broken gzip), or `API_BAD_REQUEST` when the sender goes away.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  try {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
    if (encoding === 'identity') return await collect(request, request, maxBytes);
    if (encoding !== 'gzip' && encoding !== 'x-gzip')
      throw new FlowError('DATA_CONTENT_TYPE', {
        details: { contentType: `content-encoding: ${encoding}`, accepted: 'gzip, identity' },
      });
    return await collect(request, request.pipe(createGunzip()), maxBytes);
  } catch (error) {
    request.unpipe();
    discard(request, maxBytes * DISCARD_FACTOR);
    throw error;
  }
}

function collect(request: IncomingMessage, source: Readable, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const done = (settle: () => void): void => {
      source.off('data', onData);
      settle();
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= maxBytes) return void chunks.push(chunk);
      done(() => reject(tooLarge(maxBytes)));
      if (source !== request) source.destroy();
    };
    source.on('data', onData);
    source.once('end', () => done(() => resolve(Buffer.concat(chunks, size))));
    source.on('error', (cause) => done(() => reject(source === request ? gone(cause) : brokenGzip(cause))));
    request.once('close', () => {
      if (!request.complete) done(() => reject(gone()));
    });
    if (source !== request) request.on('error', (cause) => done(() => reject(gone(cause))));
  });
}

function discard(request: IncomingMessage, maxBytes: number): void {
  let left = maxBytes;
  request.on('error', () => undefined);
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.resume();
}

const tooLarge = (limit: number): FlowError => new FlowError('DATA_TOO_LARGE', { details: { limit } });

const brokenGzip = (cause: unknown): FlowError =>
  new FlowError('DATA_MALFORMED', { message: `the body is not valid gzip: ${reasonOf(cause)}`, cause });

const gone = (cause?: unknown): FlowError =>
  new FlowError('API_BAD_REQUEST', { details: { path: 'the body', reason: 'ended before it was complete' }, cause });
