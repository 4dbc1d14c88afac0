import { sha256 } from '@noble/hashes/sha2.js';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The key an effect carries: `base32(sha256(keyBase/nodeId/iteration))`, 52 characters of RFC 4648 in lower case, no padding; `/undoes/<node>`
 * follows where it undoes another. Knows nothing of attempt, worker or lease, so that a target sees one key however often the call is made.
 * `keyBase` is the execution id, or that of the execution which a replay "with same keys" repeats.
 */
export function idempotencyKey(keyBase: string, nodeId: string, iteration: number, undoes?: string): string {
  const undoing = undoes === undefined ? '' : `/undoes/${undoes}`;
  return base32(sha256(new TextEncoder().encode(`${keyBase}/${nodeId}/${iteration}${undoing}`)));
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
