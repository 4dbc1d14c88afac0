/** What lists are narrowed by; each control writes the address, which is the only state. */
export { EnvironmentFilter } from './EnvironmentFilter.tsx';
export { FlowFilter } from './FlowFilter.tsx';
export { TimeFilter } from './TimeFilter.tsx';
export { TypedText } from './TypedText.tsx';
export { type Change, type TimeSearch, timeBounds } from './time-range.ts';
