import { optionalChoice, optionalText } from '../app/search-params.ts';
import type { Words } from '../filters/words.ts';

export interface ReferenceSearch extends Words {
  tab?: 'proposals' | 'statuses';
  entity?: string;
  system?: string;
  missing?: string;
}

export const validateReferenceSearch = (search: Record<string, unknown>): ReferenceSearch => ({
  ...optionalChoice(search, 'tab', ['proposals', 'statuses']),
  ...optionalText(search, 'q'),
  ...optionalText(search, 'entity'),
  ...optionalText(search, 'system'),
  ...optionalText(search, 'missing'),
});
