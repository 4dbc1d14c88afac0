/** What lists are narrowed by; each control writes the address, but for words, which stand beside it. */
export { EnvironmentFilter } from './EnvironmentFilter.tsx';
export { FilteredList } from './FilteredList.tsx';
export { FlowFilter } from './FlowFilter.tsx';
export { TimeFilter } from './TimeFilter.tsx';
export { TypedText } from './TypedText.tsx';
export { type Change, type TimeSearch, timeBounds } from './time-range.ts';
export { changedSearch, useWords } from './words.ts';
