import { type RefObject, useEffect } from 'react';

/** How often what stands in the bar may give way: the search's words, then those of the page's buttons, then when it was saved. */
const STEPS = [0, 1, 2, 3] as const;
/** A name is not cut below so many characters while anything else can give way. */
const NAME_CHARACTERS = 20;

/**
 * Makes room for the page's name in the top bar: `data-tight` says how much has to give way. What is measured changes with the language, the
 * page and who else is there, so no width of the window could say it.
 */
export function useBarRoom(bar: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = bar.current;
    if (!element) return;
    const fit = () => {
      for (const step of STEPS) {
        element.dataset.tight = String(step);
        if (hasRoom(element)) return;
      }
    };
    const resized = new ResizeObserver(fit);
    resized.observe(element);
    const changed = new MutationObserver(fit);
    changed.observe(element, { childList: true, characterData: true, subtree: true });
    // Letters have other widths once the font is there.
    void document.fonts.ready.then(fit);
    return () => {
      resized.disconnect();
      changed.disconnect();
    };
  }, [bar]);
}

function hasRoom(bar: HTMLElement): boolean {
  const name = bar.querySelector('h1');
  if (!name) return true;
  const letters = name.textContent.length;
  return name.clientWidth >= name.scrollWidth * Math.min(1, NAME_CHARACTERS / Math.max(1, letters));
}
