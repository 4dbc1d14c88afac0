import { optionalChoice, optionalText } from '../app/search-params.ts';

export interface ConnectionSearch {
  tab?: 'private-hosts';
  /** Id of the open connection, or `new`. */
  open?: string;
  q?: string;
  /** Of a new one: what the link that led here asks for. */
  name?: string;
  type?: string;
  /** Id of the connection whose name, type and settings a new one begins with. */
  from?: string;
}

export const validateConnectionSearch = (search: Record<string, unknown>): ConnectionSearch => ({
  ...optionalChoice(search, 'tab', ['private-hosts']),
  ...optionalText(search, 'open'),
  ...optionalText(search, 'q'),
  ...optionalText(search, 'name'),
  ...optionalText(search, 'type'),
  ...optionalText(search, 'from'),
});
