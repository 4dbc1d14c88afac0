import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { type Builtin, originalBuiltin, replaced } from './builtins.ts';

/** Makes an evaluation repeatable: the same clock gives the same `$now()`, `$millis()`, `$random()` and `$shuffle()`. */
export interface MappingClock {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** What random numbers are drawn from, such as the execution and node id. */
  readonly seed: string;
}

let originals: Promise<Record<'now' | 'millis' | 'random' | 'shuffle' | 'fromMillis', Builtin>> | undefined;

/** Bindings that stand before the built-ins of the same names. Two mappings draw different numbers from one seed. */
export async function clockBindings(clock: MappingClock, source: string): Promise<Record<string, Builtin>> {
  originals ??= loadOriginals();
  const { now, millis, random, shuffle, fromMillis } = await originals;
  const draw = randomFrom(`${clock.seed} ${source}`);
  return {
    now: replaced(now, function (this: unknown, picture, timezone) {
      return fromMillis.implementation.call(this, clock.nowMs, picture, timezone);
    }),
    millis: replaced(millis, () => clock.nowMs),
    random: replaced(random, draw),
    shuffle: replaced(shuffle, (values) => shuffled(values, draw)),
  };
}

async function loadOriginals() {
  const [now, millis, random, shuffle, fromMillis] = await Promise.all([
    originalBuiltin('now'),
    originalBuiltin('millis'),
    originalBuiltin('random'),
    originalBuiltin('shuffle'),
    originalBuiltin('fromMillis'),
  ]);
  return { now, millis, random, shuffle, fromMillis };
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

function shuffled(values: unknown, draw: () => number): unknown {
  if (!Array.isArray(values)) return values;
  const result = [...values];
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(draw() * (at + 1));
    [result[at], result[other]] = [result[other], result[at]];
  }
  return result;
}
