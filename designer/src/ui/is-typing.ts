const FIELDS = 'input, textarea, select, [contenteditable], .monaco-editor, [role="dialog"]';

/** Whether a key goes to a field or a dialog, which have their own use for it. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(FIELDS) !== null;
}
