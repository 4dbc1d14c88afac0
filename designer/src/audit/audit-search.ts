import { dropEmpty, optionalText } from '../app/search-params.ts';
import { type TimeSearch, timeBounds, validateTimeSearch } from '../filters/time-range.ts';

/** What the audit is narrowed to, as it stands in an address. */
export interface AuditSearch extends TimeSearch {
  who?: string;
  action?: string;
  thing?: string;
  /** The environment of the changes; the frame's own is `env`. */
  in?: string;
  /** Number of the row that is open. */
  row?: string;
}

export const validateAuditSearch = (search: Record<string, unknown>): AuditSearch => ({
  ...validateTimeSearch(search),
  ...optionalText(search, 'who'),
  ...optionalText(search, 'action'),
  ...optionalText(search, 'thing'),
  ...optionalText(search, 'in'),
  ...optionalText(search, 'row'),
});

/** The API's filter for an address. */
export function auditFilterOf(search: AuditSearch, now: number) {
  const { who, action, thing, in: env } = search;
  return dropEmpty({ who, action, thing, env, ...timeBounds(search, now) });
}

export function isNarrowed({ who, action, thing, in: env, range, from, to }: AuditSearch): boolean {
  return [who, action, thing, env, range, from, to].some((value) => value !== undefined);
}
