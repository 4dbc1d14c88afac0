/** A year: longer than any flow may run. */
export const LONGEST_WAIT_MS = 365 * 86_400_000;
