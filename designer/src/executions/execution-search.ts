import { optionalChoice, optionalText } from '../app/search-params.ts';
import { type TimeSearch, validateTimeSearch } from '../filters/time-range.ts';
import type { Words } from '../filters/words.ts';

export interface ExecutionSearch extends TimeSearch, Words {
  /** One status, or several with commas. */
  status?: string;
  flow?: string;
  /** `all` lifts the environment's filter. */
  scope?: 'all';
  /** Only those that this execution started. */
  parent?: string;
}

export const validateExecutionSearch = (search: Record<string, unknown>): ExecutionSearch => ({
  ...optionalText(search, 'q'),
  ...optionalText(search, 'key'),
  ...optionalText(search, 'status'),
  ...optionalText(search, 'flow'),
  ...optionalChoice(search, 'scope', ['all']),
  ...optionalText(search, 'parent'),
  ...validateTimeSearch(search),
});

export interface TraceSearch {
  /** The span whose payloads are open. */
  span?: string;
  view?: 'tree' | 'raw';
  dialog?: 'replay';
}

export const validateTraceSearch = (search: Record<string, unknown>): TraceSearch => ({
  ...optionalText(search, 'span'),
  ...optionalChoice(search, 'view', ['tree', 'raw']),
  ...optionalChoice(search, 'dialog', ['replay']),
});
