const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What people look back over, and in steps of what. Each step is rolled up by itself, so that a week is as quick to read as an hour. */
export const HEALTH_RANGES = {
  '1h': { spanMs: HOUR_MS, slotMs: MINUTE_MS },
  '24h': { spanMs: DAY_MS, slotMs: 15 * MINUTE_MS },
  '7d': { spanMs: 7 * DAY_MS, slotMs: 2 * HOUR_MS },
} as const;
export type HealthRange = keyof typeof HEALTH_RANGES;

/** How long slots are kept, by their length. Minutes outlive the longest window of an alarm. */
export const SLOT_KEPT_MS: ReadonlyMap<number, number> = new Map([
  [MINUTE_MS, 25 * HOUR_MS],
  [15 * MINUTE_MS, 2 * DAY_MS],
  [2 * HOUR_MS, 15 * DAY_MS],
]);

export const SLOT_LENGTHS_MS: readonly number[] = [...SLOT_KEPT_MS.keys()];

/** How long counts of refused requests are kept: a little longer than the longest range. */
export const REFUSALS_KEPT_MS = 8 * DAY_MS;

/** When the slot of a moment begins; both in milliseconds since 1970. */
export const slotStart = (at: number, slotMs: number): number => Math.floor(at / slotMs) * slotMs;
