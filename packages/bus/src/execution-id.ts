import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const ID_BYTES = 16;
/** Of how many ids the entropy is fetched at once: fetching it for one costs ten times as much as the rest of an id. */
const IDS_AHEAD = 256;

const pool = new Uint8Array(ID_BYTES * IDS_AHEAD);
let used = pool.length;
let last = { msecs: 0, seq: 0 };

/** A UUIDv7 (RFC 9562): ids of one process are in the order in which they were made. */
export function newExecutionId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + ID_BYTES);
  used += ID_BYTES;
  last = next(last, Date.now(), random);
  return v7({ random, ...last });
}

/** Counts on within a millisecond, from a random start with room behind it. */
function next({ msecs, seq }: typeof last, now: number, random: Uint8Array): typeof last {
  if (now > msecs) return { msecs: now, seq: ((random[6]! & 0x7f) << 24) | (random[7]! << 16) | (random[8]! << 8) };
  return { msecs, seq: seq + 1 };
}
