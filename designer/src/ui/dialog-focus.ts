/** What can have the focus and may be gone by the time it is to have it again. */
type Opener = Pick<HTMLElement, 'isConnected' | 'focus'>;

/** The dialogs that are open, the outermost first: each with what to give the focus back to, the nearest first. */
const open: (readonly Opener[])[] = [];

/** Whether a dialog is open, or was when the key that is being dealt with was pressed. */
export function isDialogOpen(): boolean {
  return open.length > 0;
}

/** What opens a dialog now: what has the focus, or of an entry in a menu the button of that menu, for the entry goes. */
export function openerNow(): Opener | null {
  const active = document.activeElement;
  const menu = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = menu ? document.getElementById(menu) : active;
  return opener && 'focus' in opener ? (opener as HTMLElement) : null;
}

/**
 * Notes that a dialog opens.
 * @returns to be called when it closes: gives the focus back, unless something else has taken it or a later dialog is open. Where the opener
 * is gone as well, as with a question above a drawer, what opened the dialog around it gets the focus.
 */
export function openDialog(opener: Opener | null): () => void {
  const ways = [...(opener ? [opener] : []), ...(open.at(-1) ?? [])];
  open.push(ways);
  return () => {
    const atClose = document.activeElement;
    setTimeout(() => {
      const place = open.indexOf(ways);
      if (place < 0) return;
      open.splice(place, 1);
      if (place === open.length && isFocusLost(atClose))
        ways.find(({ isConnected }) => isConnected)?.focus({ preventScroll: true });
    });
  };
}

/** Nothing has the focus, or still what had it in a dialog that fades away. */
function isFocusLost(atClose: Element | null): boolean {
  const active = document.activeElement;
  if (!active?.isConnected || active === document.body) return true;
  return active === atClose && active.closest('[role="dialog"]') !== null;
}
