import { dropEmpty, optionalChoice, optionalText } from '../app/search-params.ts';

/** Ranges back from now, in minutes. */
export const RANGES = { '15m': 15, '1h': 60, '24h': 1_440, '7d': 10_080, '30d': 43_200 } as const;
export type Range = keyof typeof RANGES;

/** The time a list is narrowed to, as it stands in an address. */
export interface TimeSearch {
  range?: Range;
  /** RFC 3339; win over `range`. */
  from?: string;
  to?: string;
}

/** A change of an address: what is `undefined` is taken out. */
export type Change<Search> = { [Name in keyof Search]?: Search[Name] | undefined };

const MINUTE_MS = 60_000;

export const validateTimeSearch = (search: Record<string, unknown>): TimeSearch => ({
  ...optionalChoice(search, 'range', Object.keys(RANGES) as Range[]),
  ...optionalText(search, 'from'),
  ...optionalText(search, 'to'),
});

/** The API's bounds for an address. A preset range is counted back from `now` (ms), to the minute. */
export function timeBounds({ range, from, to }: TimeSearch, now: number): { from?: string; to?: string } {
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const start = from ?? (range && !to ? new Date(minute - RANGES[range] * MINUTE_MS).toISOString() : undefined);
  return dropEmpty({ from: start, to });
}
