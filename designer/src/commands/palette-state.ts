import { create } from 'zustand';

/** Marks the field that is typed into. */
export const PALETTE_FIELD = 'data-palette-field';

/** Whether the palette is open, what is typed in it, and what had the focus before. */
export const usePalette = create<{ opened: boolean; query: string; before: Element | null }>(() => ({
  opened: false,
  query: '',
  before: null,
}));

export function openPalette(): void {
  if (!usePalette.getState().opened) usePalette.setState({ opened: true, query: '', before: document.activeElement });
}

/** Closes it and gives the focus back, so that what a command opens can take it from there. */
export function closePalette(): void {
  const { before } = usePalette.getState();
  usePalette.setState({ opened: false, query: '', before: null });
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
}
