import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** Makes an evaluation repeatable: the same clock gives the same `$now()`, `$millis()`, `$random()` and `$shuffle()`. */
export interface MappingClock {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** What random numbers are drawn from, such as the execution and node id. */
  readonly seed: string;
}

/**
 * Numbers from 0 to below 1, the same for the same seed; no secret. All 128 bits of state come from the seed's hash, so that ids drawn by many
 * executions do not meet.
 */
export function randomFrom(seed: string): () => number {
  const words = new DataView(sha256(utf8ToBytes(seed)).buffer);
  let [a, b, c, counter] = [words.getInt32(0), words.getInt32(4), words.getInt32(8), words.getInt32(12)];
  // sfc32: passes the usual batteries of tests.
  return () => {
    const drawn = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + drawn) | 0;
    return (drawn >>> 0) / 4_294_967_296;
  };
}
