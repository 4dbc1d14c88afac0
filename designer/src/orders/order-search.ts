import { optionalChoice, optionalText } from '../app/search-params.ts';
import { type TimeSearch, validateTimeSearch } from '../filters/time-range.ts';
import type { Words } from '../filters/words.ts';

/** For how long something is open, in hours. */
export const AGES = { '1h': 1, '4h': 4, '1d': 24, '3d': 72 } as const;
export type Age = keyof typeof AGES;
export const AGE_NAMES = Object.keys(AGES) as Age[];

export interface OrderSearch extends TimeSearch, Words {
  /** One step, or several with commas. */
  stage?: string;
  channel?: string;
  /** Only those with an open hold or exception; the ones below ask for it too. */
  pending?: 'yes';
  kind?: 'hold' | 'exception';
  /** Code of a hold or an exception. */
  issue?: string;
  owner?: string;
  age?: Age;
}

export const validateOrderSearch = (search: Record<string, unknown>): OrderSearch => ({
  ...optionalText(search, 'q'),
  ...optionalText(search, 'stage'),
  ...optionalText(search, 'channel'),
  ...optionalChoice(search, 'pending', ['yes']),
  ...optionalChoice(search, 'kind', ['hold', 'exception']),
  ...optionalText(search, 'issue'),
  ...optionalText(search, 'owner'),
  ...optionalChoice(search, 'age', AGE_NAMES),
  ...validateTimeSearch(search),
});

/** Whether an address asks for orders that need someone: such a list shows what is wrong. */
export const asksForIssues = ({ pending, kind, issue, owner, age }: OrderSearch): boolean =>
  [pending, kind, issue, owner, age].some((asked) => asked !== undefined);

const HOUR_MS = 3_600_000;

/** The instant before which something of this age was open already, to the minute. `now` in milliseconds. */
export const openBefore = (age: Age, now: number): string =>
  new Date(Math.floor(now / 60_000) * 60_000 - AGES[age] * HOUR_MS).toISOString();
