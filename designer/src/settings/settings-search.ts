import { dropEmpty, optionalChoice } from '../app/search-params.ts';
import { type AuditSearch, validateAuditSearch } from '../audit/audit-search.ts';

export interface SettingsSearch extends AuditSearch {
  tab?: 'people' | 'keys' | 'audit' | 'retention' | 'about';
}

export const validateSettingsSearch = (search: Record<string, unknown>): SettingsSearch =>
  dropEmpty({
    ...optionalChoice(search, 'tab', ['people', 'keys', 'audit', 'retention', 'about']),
    ...validateAuditSearch(search),
  });
