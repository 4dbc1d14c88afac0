import { useLocation } from '@tanstack/react-router';
import { dropEmpty } from '../app/search-params.ts';
import type { Change } from './time-range.ts';

/**
 * What people type to find executions and orders. It may be a masked value, such as a customer's e-mail, so it stands in no address, which histories and logs
 * keep: it is part of the state of an entry in the browser's history, where going back and loading anew find it.
 */
export interface Words {
  /** Id, beginning of a key value, or words of the error; of orders the beginning of any of their numbers. */
  q?: string;
  /** A business key: `value` or `name:value`. */
  key?: string;
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    words?: Words;
  }
}

const NONE: Words = {};

/** The words of the page that is open. */
export function useWords(): Words {
  return useLocation({ select: ({ state }) => state.words }) ?? NONE;
}

/** What to navigate to when a filter changes: words go beside the address, all else into it. */
export function changedSearch<Search extends Words>(words: Words, change: Change<Search>) {
  const { q, key, ...rest } = { ...words, ...change };
  return {
    search: <Now extends object>(now: Now) => dropEmpty({ ...now, ...rest }),
    state: { words: dropEmpty({ q, key }) },
  };
}

/** For an address that has words, as others may link to one: where to go instead. */
export function withoutWords<Search extends object>({ q, key, ...search }: Search & Words) {
  const words: Words = dropEmpty({ q, key });
  return Object.keys(words).length === 0 ? undefined : { search, state: { words }, replace: true };
}
