/** Languages of the designer: how each calls itself, and the locale by which its dates and numbers are written. */
export const LANGUAGES = {
  en: { title: 'English', locale: 'en-GB' },
  de: { title: 'Deutsch', locale: 'de-DE' },
} as const;

export type Language = keyof typeof LANGUAGES;

/** Where the choice is kept, in this browser. */
const LANGUAGE_KEY = 'crossdock-language';

let current: Language = 'en';

/** The language that the texts are in. It is set once, before the app loads, and holds until the page is loaded again. */
export const language = (): Language => current;

/** BCP 47, for `Intl`. */
export const locale = (): string => LANGUAGES[current].locale;

/** Called by whoever has loaded the texts of `next`, before the app. */
export function setLanguage(next: Language): void {
  current = next;
  document.documentElement.lang = next;
}

/** What was chosen (`stored`), else the first of the browser's `wanted` languages (BCP 47) that there is, else English. */
export function preferredLanguage(stored: string | null, wanted: readonly string[]): Language {
  return [stored ?? '', ...wanted].map((tag) => tag.split('-')[0] ?? '').find(isLanguage) ?? 'en';
}

/** The language chosen in this browser, `null` without one. */
export function storedLanguage(): string | null {
  try {
    return localStorage.getItem(LANGUAGE_KEY);
  } catch {
    // Storage can be switched off by policy; the browser's languages then decide.
    return null;
  }
}

/** Keeps the choice and loads the page again in that language: modules read their texts as they load. */
export function chooseLanguage(next: Language): void {
  localStorage.setItem(LANGUAGE_KEY, next);
  location.reload();
}

function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(LANGUAGES, tag);
}
