import { optionalChoice, optionalText } from '../app/search-params.ts';
import { type TimeSearch, validateTimeSearch } from '../filters/time-range.ts';
import type { Words } from '../filters/words.ts';

export interface OrderSearch extends TimeSearch, Words {
  /** One step, or several with commas. */
  stage?: string;
  /** Only those with an open hold or exception. */
  pending?: 'yes';
}

export const validateOrderSearch = (search: Record<string, unknown>): OrderSearch => ({
  ...optionalText(search, 'q'),
  ...optionalText(search, 'stage'),
  ...optionalChoice(search, 'pending', ['yes']),
  ...validateTimeSearch(search),
});
