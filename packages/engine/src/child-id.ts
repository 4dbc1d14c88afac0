import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/**
 * The execution id that follows from what starts it, so that starting again is the same execution: a UUID of version 8 (RFC 9562 §5.8) made
 * of SHA-256. `parts` are a parent's id, node, iteration and index, or a schedule and its tick.
 */
export function childExecutionId(...parts: readonly (string | number)[]): string {
  const hex = bytesToHex(sha256(new TextEncoder().encode(parts.join('/')))).slice(0, 32);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  const digits = `${hex.slice(0, 12)}8${hex.slice(13, 16)}${variant}${hex.slice(17)}`;
  return [8, 12, 16, 20, 32].map((end, at, ends) => digits.slice(ends[at - 1] ?? 0, end)).join('-');
}
