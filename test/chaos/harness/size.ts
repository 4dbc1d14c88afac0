/** `CHAOS=full` runs what takes minutes and asks for the full figures; without it the short forms run and the others are skipped. */
export const isFull = process.env.CHAOS === 'full';

/** Length of the loaded part of a test in seconds: `CHAOS_SECONDS`, else as long as the form of the test wants. */
export function loadSeconds(length: { short: number; full: number }): number {
  return Number(process.env.CHAOS_SECONDS ?? (isFull ? length.full : length.short));
}

/** How many executions wait in the tests that are about their number: `CHAOS_COUNT`, else as given. */
export function executionCount(given: number): number {
  return Number(process.env.CHAOS_COUNT ?? given);
}

/** What chance begins with: `CHAOS_SEED`, else a new one for each run. It is printed with the figures. */
export const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
