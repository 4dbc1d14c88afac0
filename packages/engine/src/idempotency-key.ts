import { sha256 } from '@noble/hashes/sha2.js';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The key an effect carries: `base32(sha256(executionId/nodeId/iteration))`, 52 characters of RFC 4648 in lower case, no padding.
 * Knows nothing of attempt, worker or lease, so that a target sees one key however often the call is made.
 */
export function idempotencyKey(executionId: string, nodeId: string, iteration: number): string {
  return base32(sha256(new TextEncoder().encode(`${executionId}/${nodeId}/${iteration}`)));
}

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >> bits) & 31];
    }
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text;
}
