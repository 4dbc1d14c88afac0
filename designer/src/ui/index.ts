/** Parts that every page uses. */
export { EmptyState } from './EmptyState.tsx';
export { ErrorState } from './ErrorState.tsx';
export { Kbd } from './Kbd.tsx';
export { Mark } from './Mark.tsx';
export { type Crumb, PageBar, PageSlots } from './PageBar.tsx';
