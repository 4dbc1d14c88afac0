/** Where Mantine's colour scheme manager keeps the person's choice. */
export const COLOR_SCHEME_KEY = 'crossdock-color-scheme';

/**
 * Sets the colour scheme before the first paint. Mantine offers an inline script for this, which our content policy
 * refuses, so this module is the first that the entry imports.
 */
export function applyStoredColorScheme(): void {
  const stored = readStored();
  const dark = stored === 'dark' || (stored !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
}

function readStored(): string | null {
  try {
    return localStorage.getItem(COLOR_SCHEME_KEY);
  } catch {
    // Storage can be switched off by policy; the system's preference then decides.
    return null;
  }
}
