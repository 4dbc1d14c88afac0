/** Puts the focus into the field that a pointer below the node or the flow names, once its tab is drawn. */
export function focusField(pointer: string): void {
  requestAnimationFrame(() => {
    const steps = pointer.split('/').filter(Boolean);
    for (let depth = steps.length; depth > 0; depth--) {
      const found = fieldOf(steps.slice(0, depth));
      if (!found) continue;
      found.scrollIntoView({ block: 'center' });
      found.focus({ preventScroll: true });
      return;
    }
  });
}

/** Ids as the form (`root_url`) and the hand-made fields (`field-retry-factor`) have them. */
function fieldOf(steps: readonly string[]): HTMLElement | null {
  const inForm = steps[0] === 'config' ? document.getElementById(['root', ...steps.slice(1)].join('_')) : null;
  return inForm ?? document.getElementById(['field', ...steps].join('-'));
}
