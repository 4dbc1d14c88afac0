import { dateEntries } from './dates.ts';
import type { FunctionEntry } from './entry.ts';
import { listEntries, objectEntries } from './lists.ts';
import { numberEntries } from './numbers.ts';
import { ownEntries } from './own.ts';
import { stringEntries } from './strings.ts';

export type { FunctionEntry, FunctionExample, ParameterEntry } from './entry.ts';
export { functionsMarkdown } from './markdown.ts';

/** The functions in groups, as people look for them. */
export const FUNCTION_GROUPS: readonly { readonly title: string; readonly entries: readonly FunctionEntry[] }[] = [
  { title: 'Texts', entries: stringEntries },
  { title: 'Numbers and conditions', entries: numberEntries },
  { title: 'Lists', entries: listEntries },
  { title: 'Objects and types', entries: objectEntries },
  { title: 'Dates and times', entries: dateEntries },
  { title: "Crossdock's own", entries: ownEntries },
];

/** Every function that a mapping can call without defining it. */
export const FUNCTION_CATALOGUE: readonly FunctionEntry[] = FUNCTION_GROUPS.flatMap(({ entries }) => entries);

/** What the clock shows, and what is drawn from, in the examples. */
export const EXAMPLE_CLOCK = { nowMs: Date.UTC(2026, 10, 24, 9, 14, 3), seed: 'examples' };
