import type { Run } from '../../run.ts';

const MAX_CACHED = 500;

/** What a character of a picture counts as, so that pictures over about a thousand are refused: reading one takes far more than walking it. */
const COST_PER_CHARACTER = 16_384;

/** Reads each picture once, as long as not too many are in use. What `read` throws is thrown each time. */
export function cachedPicture<T>(read: (picture: string) => T): (run: Run, picture: string) => T {
  const known = new Map<string, T>();
  return (run, picture) => {
    const before = known.get(picture);
    if (before !== undefined) return before;
    run.checkString(picture.length * COST_PER_CHARACTER);
    const analysed = read(picture);
    if (known.size >= MAX_CACHED) known.clear();
    known.set(picture, analysed);
    return analysed;
  };
}
