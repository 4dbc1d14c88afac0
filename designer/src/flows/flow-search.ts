import { optionalChoice, optionalText } from '../app/search-params.ts';

export interface FlowListSearch {
  /** Words of name, id or description. */
  q?: string;
  dialog?: 'create' | 'import';
}

export const validateFlowListSearch = (search: Record<string, unknown>): FlowListSearch => ({
  ...optionalText(search, 'q'),
  ...optionalChoice(search, 'dialog', ['create', 'import']),
});
