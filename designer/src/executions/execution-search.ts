import { optionalChoice, optionalText } from '../app/search-params.ts';

/** Ranges back from now, in minutes. */
export const RANGES = { '15m': 15, '1h': 60, '24h': 1_440, '7d': 10_080, '30d': 43_200 } as const;
export type Range = keyof typeof RANGES;

export interface ExecutionSearch {
  /** Id, beginning of a key value, or words of the error. */
  q?: string;
  /** A business key: `value` or `name:value`. */
  key?: string;
  /** One status, or several with commas. */
  status?: string;
  flow?: string;
  /** `all` lifts the environment's filter. */
  scope?: 'all';
  range?: Range;
  /** RFC 3339; win over `range`. */
  from?: string;
  to?: string;
}

export const validateExecutionSearch = (search: Record<string, unknown>): ExecutionSearch => ({
  ...optionalText(search, 'q'),
  ...optionalText(search, 'key'),
  ...optionalText(search, 'status'),
  ...optionalText(search, 'flow'),
  ...optionalChoice(search, 'scope', ['all']),
  ...optionalChoice(search, 'range', Object.keys(RANGES) as Range[]),
  ...optionalText(search, 'from'),
  ...optionalText(search, 'to'),
});

export interface TraceSearch {
  /** The span whose payloads are open. */
  span?: string;
  view?: 'tree' | 'raw';
}

export const validateTraceSearch = (search: Record<string, unknown>): TraceSearch => ({
  ...optionalText(search, 'span'),
  ...optionalChoice(search, 'view', ['tree', 'raw']),
});
