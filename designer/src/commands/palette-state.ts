import { create } from 'zustand';

/** Whether the palette is open, and what had the focus before. */
export const usePalette = create<{ opened: boolean; before: Element | null }>(() => ({ opened: false, before: null }));

export function openPalette(): void {
  if (!usePalette.getState().opened) usePalette.setState({ opened: true, before: document.activeElement });
}

/** Closes it and gives the focus back, so that what a command opens can take it from there. */
export function closePalette(): void {
  const { before } = usePalette.getState();
  usePalette.setState({ opened: false, before: null });
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
}
