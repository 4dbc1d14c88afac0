import { optionalChoice } from '../app/search-params.ts';

export interface SettingsSearch {
  tab?: 'people' | 'keys' | 'about';
}

export const validateSettingsSearch = (search: Record<string, unknown>): SettingsSearch =>
  optionalChoice(search, 'tab', ['people', 'keys', 'about']);
