import { optionalChoice } from '../app/search-params.ts';

export interface OrderRuleSearch {
  tab?: 'times' | 'overrides';
}

export const validateOrderRuleSearch = (search: Record<string, unknown>): OrderRuleSearch =>
  optionalChoice(search, 'tab', ['times', 'overrides']);
