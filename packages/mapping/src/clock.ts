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

/** Mulberry32 over an FNV-1a hash: spread well enough for mappings, and no secret. */
/** Numbers from 0 to below 1, the same for the same seed. */
export function randomFrom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let at = 0; at < seed.length; at++) state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
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
