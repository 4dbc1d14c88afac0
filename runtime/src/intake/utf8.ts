import { FlowError, reasonOf } from '@crossdock/errors';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** JSON is UTF-8 (RFC 8259 §8.1); a byte order mark is left out. Throws `DATA_MALFORMED`. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new FlowError('DATA_MALFORMED', { details: { reason: `not UTF-8 (${reasonOf(cause)})` }, cause });
  }
}
