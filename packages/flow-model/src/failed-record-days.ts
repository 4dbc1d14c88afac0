/**
 * For so many days a replay finds the record of an execution that failed: with it goes the last that all replays begin with, so no dead letter is kept
 * longer.
 */
export const FAILED_RECORD_DAYS = 30;
