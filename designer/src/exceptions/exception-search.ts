import { dropEmpty, optionalChoice, optionalText } from '../app/search-params.ts';
import { type TimeSearch, timeBounds, validateTimeSearch } from '../filters/time-range.ts';
import type { Words } from '../filters/words.ts';

/** Where an exception happened, as it stands in an address. */
export interface InDoubtSearch extends TimeSearch {
  flow?: string;
  /** Means something only with `flow`. */
  node?: string;
  /** `all` lifts the environment's filter. */
  scope?: 'all';
}

export interface DeadLetterSearch extends InDoubtSearch, Pick<Words, 'q'> {
  /** An error code. */
  code?: string;
  /** Without it: those that nobody has replayed. */
  state?: 'replayed' | 'all';
}

export const validateInDoubtSearch = (search: Record<string, unknown>): InDoubtSearch => ({
  ...optionalText(search, 'flow'),
  ...(search.flow ? optionalText(search, 'node') : {}),
  ...optionalChoice(search, 'scope', ['all']),
  ...validateTimeSearch(search),
});

export const validateDeadLetterSearch = (search: Record<string, unknown>): DeadLetterSearch => ({
  ...optionalText(search, 'q'),
  ...optionalText(search, 'code'),
  ...optionalChoice(search, 'state', ['replayed', 'all']),
  ...validateInDoubtSearch(search),
});

/** The API's filter for an address; `now` in ms. */
export function inDoubtFilter({ flow, node, scope, ...time }: InDoubtSearch, environment: string, now: number) {
  return dropEmpty({
    env: scope === 'all' ? undefined : environment,
    flowId: flow,
    nodeId: flow ? node : undefined,
    ...timeBounds(time, now),
  });
}

/** The API's filter for an address; `now` in ms. */
export function deadLetterFilter({ q, code, state, ...where }: DeadLetterSearch, environment: string, now: number) {
  return dropEmpty({ ...inDoubtFilter(where, environment, now), q: q?.trim(), code, state });
}

/** True when something but the environment narrows the list. */
export function isNarrowed(search: DeadLetterSearch): boolean {
  return Object.keys(search).some((name) => name !== 'scope' && name !== 'env');
}
