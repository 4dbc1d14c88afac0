import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

/** A key made once, so that a request costs its HMAC and no more. */
export const hmacKey = (bytes: Uint8Array): KeyObject => createSecretKey(bytes);

/** HMAC-SHA256 (RFC 2104) over the parts one after the other. */
export function hmacOf(key: KeyObject, parts: readonly (string | Uint8Array)[], encoding: 'hex' | 'base64'): string {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest(encoding);
}

/**
 * The digest among `expected` that one of `given` equals. Texts are compared, not decoded bytes: several base64 texts decode to the same bytes,
 * and then one signature could be written in several ways. Takes the same time wherever they differ, and for each pair.
 */
export function matchOf(expected: readonly string[], given: readonly string[]): string | undefined {
  let match: string | undefined;
  for (const digest of expected) for (const text of given) if (isSame(digest, text)) match ??= digest;
  return match;
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected, 'latin1'), Buffer.from(given, 'latin1')];
  return a.length === b.length && timingSafeEqual(a, b);
}
